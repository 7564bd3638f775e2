"""The session of a "Spark Connect" kernel, and progress in its cells, which no one else shows."""

import html
import os
import threading
import time

import huddle_kernel


def start(ip):
    """The session, or what says why there is none."""
    # Not for what a cell starts.
    os.environ.pop("PYTHONSTARTUP", None)
    try:
        session = _session()
    except Exception as error:
        return huddle_kernel.Missing(
            "there is no Spark Connect session: %s; start its server with `huddle connect`, then restart the kernel"
            % (str(error).strip().splitlines() or [type(error).__name__])[0]
        )
    progress = Progress()
    session.registerProgressHandler(progress)
    huddle_kernel.answer(lambda: _doing(session, progress))
    return session


def _session():
    from pyspark.sql import SparkSession

    port = os.environ["HUDDLE_CONNECT_PORT"]
    try:
        with open(os.environ["HUDDLE_CONNECT_TOKEN_FILE"], encoding="utf-8") as file:
            token = file.read().strip()
    except OSError:
        raise RuntimeError("no server runs on this host") from None
    _reach(int(port))
    # "localhost" as a name: for any other, the client wants TLS.
    url = "sc://localhost:%s/;token=%s;user_agent=huddle-notebook" % (port, token)
    session = SparkSession.builder.remote(url).getOrCreate()
    session.version  # Asks the server, so that a wrong token shows now.
    return session


def _reach(port):
    """The client would try for minutes where nothing listens."""
    import socket

    try:
        socket.create_connection(("127.0.0.1", port), timeout=5).close()
    except OSError:
        raise RuntimeError("no server listens on port %d" % port) from None


def _doing(session, progress):
    return {
        "application": str(session.conf.get("spark.app.id", "")),
        "jobs": progress.running(),
        "streams": len(session.streams.active),
    }


class Progress:
    """A line in the cell while a query runs, and a short one afterwards."""

    def __init__(self):
        self._lock = threading.Lock()
        self._shown = {}

    def running(self):
        """How many queries run, those of threads in the background too."""
        return len(self._shown)

    def __call__(self, stages, inflight_tasks, operation_id, done):
        from IPython.display import display

        stages = list(stages or ())
        tasks = sum(stage.num_tasks for stage in stages)
        finished = sum(stage.num_completed_tasks for stage in stages)
        with self._lock:
            if done:
                shown = self._shown.pop(operation_id, None)
                if shown:
                    handle, began = shown
                    handle.update(_line(stages, finished, time.monotonic() - began), raw=True)
                return
            shown = self._shown.get(operation_id)
            if shown:
                handle, began = shown
                handle.update(_bar(stages, finished, tasks, inflight_tasks, time.monotonic() - began), raw=True)
                return
            began = time.monotonic()
            bundle = _bar(stages, finished, tasks, inflight_tasks, 0)
            self._shown[operation_id] = (display(bundle, raw=True, display_id=True), began)


def _count(number, word):
    return "%d %s%s" % (number, word, "" if number == 1 else "s")


def _line(stages, finished, seconds):
    # Stages that turned out not to be needed stay without tasks that ran.
    ran = sum(1 for stage in stages if stage.num_completed_tasks)
    text = "%s in %s, %.1f s" % (_count(finished, "task"), _count(ran, "stage"), seconds)
    return _bundle(text, '<small style="opacity: .6">%s</small>' % html.escape(text))


def _bar(stages, finished, tasks, running, seconds):
    done = sum(1 for stage in stages if stage.done)
    text = "%d of %s, %d of %s, %d running, %.0f s" % (
        done,
        _count(len(stages), "stage"),
        finished,
        _count(tasks, "task"),
        running,
        seconds,
    )
    bar = '<progress class="huddle-progress" value="%d" max="%d"></progress> <small>%s</small>' % (
        finished,
        max(tasks, 1),
        html.escape(text),
    )
    return _bundle(text, bar)


def _bundle(text, page):
    return {"text/plain": text, "text/html": page}
