"""Executes a notebook in the "Spark" kernel: run_notebook.py IN OUT [FOLDER].

What cells print comes out as it is printed. OUT is saved after each cell, also when one fails; then the last line of
standard error names the cell and its error, and the exit code is 1.
"""

import os
import re
import sys
import tempfile

import nbformat
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, DeadKernelError


def clean(text):
    """Without colours and other things that a terminal obeys."""
    text = re.sub(r"\x1b\[[0-9;?]*[ -/]*[@-~]|\x1b[@-_]", "", text)
    return "".join(c for c in text if c in "\n\t" or c.isprintable())


class Kernel(AsyncKernelManager):
    """Over sockets that only this login can open."""

    def __init__(self, **settings):
        super().__init__(**settings)
        self.transport = "ipc"
        self.ip = os.path.join(os.environ["JUPYTER_RUNTIME_DIR"], "z" + os.urandom(4).hex())


class Client(NotebookClient):
    """Prints what comes from the kernel, as it comes."""

    def output(self, outs, msg, display_id, cell_index):
        show(msg["msg_type"], msg["content"])
        return super().output(outs, msg, display_id, cell_index)


def show(kind, content):
    if kind == "stream":
        stream = sys.stderr if content.get("name") == "stderr" else sys.stdout
        stream.write(clean(content.get("text", "")))
        stream.flush()
    elif kind in ("execute_result", "display_data"):
        data = content.get("data", {})
        picture = next((name for name in data if name.startswith("image/")), "")
        print("[%s]" % picture if picture else clean(str(data.get("text/plain", ""))), flush=True)


def save(notebook, path):
    """Whole or not at all."""
    folder = os.path.dirname(path) or "."
    with tempfile.NamedTemporaryFile("w", dir=folder, delete=False, suffix=".part", encoding="utf-8") as part:
        nbformat.write(notebook, part)
    os.replace(part.name, path)


def title(error):
    lines = clean("%s: %s" % (error.ename, error.evalue)).strip().splitlines()
    return lines[0][:500] if lines else "error"


def main(source, target, folder):
    try:
        notebook = nbformat.read(source, as_version=4)
    except Exception as error:
        return fail("%s is no notebook: %s" % (os.path.basename(source), clean(str(error)).splitlines()[0][:200]))
    codes = [i for i, cell in enumerate(notebook.cells) if cell.cell_type == "code" and cell.source.strip()]
    number = {index: n for n, index in enumerate(codes, 1)}

    def began(cell, cell_index):
        if os.environ.get("HUDDLE_CELLS") and cell_index in number:
            sys.stderr.write("cell %d of %d\n" % (number[cell_index], len(codes)))
            sys.stderr.flush()

    def ended(cell, cell_index, execute_reply):
        save(notebook, target)

    # Nobody looks on.
    os.environ["HUDDLE_HEADLESS"] = "1"
    os.environ["JPY_SESSION_NAME"] = os.path.join(folder, os.environ.get("HUDDLE_NOTEBOOK_NAME", "notebook.ipynb"))
    client = Client(
        notebook,
        timeout=None,
        startup_timeout=300,
        kernel_name="spark",
        kernel_manager_class=Kernel,
        resources={"metadata": {"path": folder}},
        on_cell_start=began,
        on_cell_executed=ended,
    )
    try:
        client.execute()
    except CellExecutionError as error:
        at = next((n for i, n in number.items() if has_error(notebook.cells[i])), 0)
        sys.stderr.write(clean("\n".join(trace(notebook))) + "\n")
        return fail("cell %d of %d failed: %s" % (at, len(codes), title(error)))
    except DeadKernelError:
        # Also after a signal, which nbclient answers by ending the kernel.
        at = sum(1 for i in codes if notebook.cells[i].get("execution_count")) + 1
        return fail("the kernel died in cell %d of %d; its memory may have run out" % (min(at, len(codes)), len(codes)))
    except RuntimeError as error:
        return fail("the kernel did not start: %s" % clean(str(error)).splitlines()[0])
    finally:
        save(notebook, target)
    return 0


def has_error(cell):
    return any(output.output_type == "error" for output in cell.get("outputs", []))


def trace(notebook):
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if output.output_type == "error":
                return output.traceback
    return []


def fail(sentence):
    sys.stderr.write(sentence + "\n")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2], sys.argv[3] if len(sys.argv) > 3 else os.getcwd()))
