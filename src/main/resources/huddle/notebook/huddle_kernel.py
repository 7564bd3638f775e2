"""What a kernel has before its first cell: a session, progress, and an answer to whoever asks what it does."""

import atexit
import json
import os
import socketserver
import threading


def settings():
    """The share of the cluster that one notebook gets: lines of "spark.key value"."""
    pairs = []
    # `huddle submit` says more for the one that it runs.
    for path in (os.path.join(os.path.dirname(__file__), "kernel.conf"), os.environ.get("HUDDLE_SETTINGS", "")):
        if not path:
            continue
        with open(path, encoding="utf-8") as lines:
            for line in lines:
                key, _, value = line.strip().partition(" ")
                if key.startswith("spark."):
                    pairs.append((key, value.strip()))
    return pairs


def name():
    """What the Master lists: the notebook's path in its folder."""
    if os.environ.get("HUDDLE_APPLICATION_NAME"):
        return os.environ["HUDDLE_APPLICATION_NAME"]
    path = os.environ.get("JPY_SESSION_NAME", "")
    return "notebook " + os.path.basename(path) if path.endswith(".ipynb") else "notebook"


class Missing:
    """Stands for a session that could not be made; says why in the cell that first needs it."""

    def __init__(self, reason):
        object.__setattr__(self, "_reason", reason)

    def __getattr__(self, attribute):
        # Jupyter asks a value for many ways to show it; only a use of the session is answered.
        if attribute.startswith("_"):
            raise AttributeError(attribute)
        raise RuntimeError(self._reason)

    def __repr__(self):
        return self._reason


class _Asked(socketserver.StreamRequestHandler):
    def handle(self):
        try:
            answer = self.server.answer()
        except Exception as error:  # The session may be on its way down.
            answer = {"error": str(error)[:300]}
        self.wfile.write(json.dumps(answer).encode("utf-8"))


class _Answers(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
    daemon_threads = True


def answer(answers):
    """Answers on a socket that only this login can open, whenever the server or `huddle notebook list` asks."""
    from ipykernel.connect import get_connection_file

    kernel = os.path.basename(get_connection_file()).replace("kernel-", "").replace(".json", "")
    path = os.path.join(os.environ["JUPYTER_RUNTIME_DIR"], "k" + kernel[:8])
    if os.path.exists(path):
        os.unlink(path)
    server = _Answers(path, _Asked)
    os.chmod(path, 0o600)
    server.answer = answers
    threading.Thread(target=server.serve_forever, daemon=True, name="huddle-answers").start()
    atexit.register(lambda: os.path.exists(path) and os.unlink(path))
