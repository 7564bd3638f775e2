"""A Jupyter client somewhere else: client.py URL TOKEN KERNEL IN OUT [keep] executes a notebook in a kernel there."""

import asyncio
import os
import sys

import nbformat
import requests
from jupyter_kernel_client import KernelHttpManager
from nbclient import NotebookClient

url, token, kernel, source, target = sys.argv[1:6]
keep = sys.argv[6:] == ["keep"]
header = {"Authorization": "token " + token}
name = os.path.basename(source)
notebook = nbformat.read(source, 4)
session = requests.post(
    url + "/api/sessions",
    headers=header,
    json={"path": name, "name": name, "type": "notebook", "kernel": {"name": kernel}},
    timeout=300,
)
session.raise_for_status()
session = session.json()
manager = KernelHttpManager(server_url=url, token=token, kernel_id=session["kernel"]["id"])
connection = manager.client
connection.start_channels()
client = NotebookClient(notebook, km=manager, timeout=600)
client.kc = connection


async def run():
    for index, cell in enumerate(notebook.cells):
        if cell.cell_type == "code":
            await client.async_execute_cell(cell, index)


try:
    asyncio.run(run())
finally:
    nbformat.write(notebook, target)
    connection.stop_channels()
    if not keep:
        requests.delete(url + "/api/sessions/" + session["id"], headers=header, timeout=300)
print(session["kernel"]["id"])
