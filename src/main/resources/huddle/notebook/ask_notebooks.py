"""Asks the notebook server of this host: ask_notebooks.py list, or stop NOTEBOOK…; answers in JSON."""

import http.client
import json
import os
import socket
import sys


class Door(http.client.HTTPConnection):
    def __init__(self, path):
        super().__init__("localhost", timeout=60)
        self._path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self._path)


def ask(method, path):
    home = os.environ["HUDDLE_HOME"]
    with open(os.path.join(home, "conf", "notebook.token"), encoding="utf-8") as file:
        token = file.read().strip()
    door = Door(os.path.join(home, "run", "notebook.sock"))
    try:
        door.request(method, path, headers={"Authorization": "token " + token})
        answer = door.getresponse()
        text = answer.read(4 << 20)
        if answer.status >= 400:
            raise OSError("it answered %d" % answer.status)
        return json.loads(text) if text else None
    finally:
        door.close()


def stop(wanted):
    """Ends the kernels of these notebooks; a name is a path in the folder, its last part, or a kernel's id."""
    notebooks = ask("GET", "/huddle/kernels")["notebooks"]
    stopped, unknown = [], []
    for name in wanted:
        found = [n for n in notebooks if name in (n["notebook"], n["kernel"])]
        found = found or [n for n in notebooks if n["notebook"] and os.path.basename(n["notebook"]) == name]
        for notebook in found:
            sessions = [s for s in ask("GET", "/api/sessions") if s["kernel"]["id"] == notebook["kernel"]]
            for session in sessions:
                ask("DELETE", "/api/sessions/" + session["id"])
            if not sessions:
                ask("DELETE", "/api/kernels/" + notebook["kernel"])
            stopped.append(notebook)
        if not found:
            unknown.append(name)
    return {"stopped": stopped, "unknown": unknown, "open": [n["notebook"] for n in notebooks]}


def main(words):
    try:
        answer = ask("GET", "/huddle/kernels") if words[0] == "list" else stop(words[1:])
    except (OSError, ValueError) as error:
        sys.stderr.write("the notebook server does not answer: %s\n" % error)
        return 1
    print(json.dumps(answer))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
