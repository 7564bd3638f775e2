"""What the Jupyter server has besides Jupyter's own: which kernels are idle, and the way to Spark's pages."""

import asyncio
import base64
import hashlib
import hmac
import html
import json
import os

from jupyter_server.base.handlers import APIHandler, JupyterHandler
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager, ServerKernelManager
from jupyter_server_proxy.handlers import LocalProxyHandler
from tornado import web
from traitlets import default


KERNELS = ("spark", "spark-connect")


class Kernel(ServerKernelManager):
    """Sockets' paths hold some 100 characters at most, so that the usual name, a whole UUID, is too long."""

    @default("ip")
    def _short(self):
        return os.path.join(os.environ["JUPYTER_RUNTIME_DIR"], "z" + os.urandom(4).hex())


class Kernels(AsyncMappingKernelManager):
    """Culls no kernel that has a Spark job or a stream running, also one of a thread in the background."""

    @default("kernel_manager_class")
    def _default_kernel_manager_class(self):
        return "huddle_server.Kernel"

    async def start_kernel(self, *, kernel_id=None, path=None, **kwargs):
        # A notebook from elsewhere names the kernel it had there, mostly python3.
        if kwargs.get("kernel_name") not in KERNELS:
            kwargs["kernel_name"] = KERNELS[0]
        return await super().start_kernel(kernel_id=kernel_id, path=path, **kwargs)

    async def cull_kernel_if_idle(self, kernel_id):
        kernel = self._kernels[kernel_id]
        state = getattr(kernel, "execution_state", "")
        if state == "starting":
            # Its session takes a while on a busy host; what was typed meanwhile waits for it.
            return
        if state not in ("busy", "dead"):
            doing = await ask(kernel_id)
            if doing.get("jobs") or doing.get("streams"):
                from jupyter_server._tz import utcnow

                kernel.last_activity = utcnow()
                return
        await super().cull_kernel_if_idle(kernel_id)


async def ask(kernel_id):
    """What a kernel says of its Application; empty if it says nothing within a moment."""
    path = os.path.join(os.environ["JUPYTER_RUNTIME_DIR"], "k" + kernel_id[:8])
    try:
        reader, writer = await asyncio.open_unix_connection(path)
    except OSError:
        return {}
    try:
        answer = await asyncio.wait_for(reader.read(65536), 5)
        doing = json.loads(answer)
        return doing if isinstance(doing, dict) else {}
    except (OSError, ValueError, asyncio.TimeoutError):
        return {}
    finally:
        writer.close()


class KernelsHandler(APIHandler):
    """All open notebooks, for `huddle notebook list`."""

    @web.authenticated
    async def get(self):
        self.finish(json.dumps({"notebooks": await notebooks(self)}))


async def notebooks(handler):
    names = {}
    for session in await handler.session_manager.list_sessions():
        names[session["kernel"]["id"]] = session["path"]
    found = []
    for kernel in handler.kernel_manager.list_kernels():
        doing = await ask(kernel["id"])
        found.append(
            {
                "notebook": names.get(kernel["id"], ""),
                "kernel": kernel["id"],
                "kind": kernel["name"],
                "state": kernel["execution_state"],
                "connections": kernel["connections"],
                "lastActivity": kernel["last_activity"],
                "application": str(doing.get("application", "")),
                "jobs": int(doing.get("jobs", 0)),
                "streams": int(doing.get("streams", 0)),
            }
        )
    return found


class PagesHandler(JupyterHandler):
    """The Applications of this server's kernels; with one alone, its pages."""

    @web.authenticated
    async def get(self):
        running = [n for n in await notebooks(self) if n["application"] and n["kind"] == "spark"]
        if len(running) == 1:
            self.redirect(self.base_url + "proxy/%s/jobs/" % running[0]["application"])
            return
        rows = "".join(
            '<li><a href="%sproxy/%s/jobs/">%s</a> %s</li>'
            % (
                self.base_url,
                html.escape(n["application"]),
                html.escape(n["application"]),
                html.escape(n["notebook"]),
            )
            for n in running
        )
        self.finish(
            "<!doctype html><title>Spark pages</title><h1>Spark pages</h1>"
            + ("<ul>%s</ul>" % rows if rows else "<p>No notebook has a Spark session.</p>")
        )


class ApplicationHandler(LocalProxyHandler):
    """Spark's own pages of one kernel's Application, under the addresses that Spark writes into them."""

    def _get_context_path(self, host, port):
        return self.base_url + "proxy/" + self._application

    def proxy_request_headers(self):
        headers = super().proxy_request_headers()
        headers.pop("Cookie", None)
        headers["Authorization"] = credential()
        return headers

    async def proxy(self, application, path):
        self._application = application
        if path in (None, "", "/"):
            # Spark would lead to its own /jobs/, which is not ours.
            return self.redirect(self.base_url + "proxy/%s/jobs/" % application)
        for kernel_id in self.kernel_manager.list_kernel_ids():
            doing = await ask(kernel_id)
            if doing.get("application") == application:
                port = doing.get("port")
                if isinstance(port, int) and port and owners(port) == {os.getuid()}:
                    return await super().proxy(port, path)
        raise web.HTTPError(404, "no kernel of this server has the Application " + application)

    async def http_get(self, application, path):
        return await self.proxy(application, path)


def credential():
    """What Spark's pages ask for; made from the cluster's secret as Huddle makes it."""
    with open(os.path.join(os.environ["HUDDLE_HOME"], "conf", "secret"), "rb") as file:
        secret = file.read().strip()
    key = hmac.digest(secret, b"huddle: pages, 1", hashlib.sha256)
    signed = _base64(b'{"alg":"HS256","typ":"JWT"}') + "." + _base64(b'{"sub":"huddle"}')
    return "Bearer " + signed + "." + _base64(hmac.digest(key, signed.encode("ascii"), hashlib.sha256))


def _base64(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


class OwnPortHandler(LocalProxyHandler):
    """What listens on a port of this host, if it is this login's own: another user's page would run as ours."""

    async def proxy(self, port, path):
        if owners(int(port)) != {os.getuid()}:
            raise web.HTTPError(403, "no process of this login listens on port " + port)
        return await super().proxy(port, path)

    async def http_get(self, port, path):
        return await self.proxy(port, path)

    async def open(self, port, path):
        if owners(int(port)) != {os.getuid()}:
            raise web.HTTPError(403)
        return await super().open(port, path)


class ElsewhereHandler(JupyterHandler):
    @web.authenticated
    def get(self, path):
        raise web.HTTPError(404, "that page is not reached from here; use `huddle open`")


def owners(port):
    """Who listens on a port of this host: another user may have taken it when its kernel went."""
    found = set()
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        try:
            with open(table, encoding="ascii") as rows:
                next(rows)
                for row in rows:
                    cells = row.split()
                    if cells[3] == "0A" and int(cells[1].rpartition(":")[2], 16) == port:
                        found.add(int(cells[7]))
        except OSError:
            continue
    return found


def _jupyter_server_extension_points():
    return [{"module": "huddle_server"}]


def _load_jupyter_server_extension(app):
    base = app.web_app.settings["base_url"]
    app.web_app.add_handlers(
        ".*$",
        [
            (base + r"huddle/kernels", KernelsHandler),
            (base + r"huddle/pages", PagesHandler),
            (base + r"proxy/((?:app|local)-[0-9A-Za-z-]+)(/.*)?", ApplicationHandler),
            (base + r"proxy/([0-9]+)(/.*|)", OwnPortHandler, {"absolute_url": False}),
            (base + r"proxy/absolute/([0-9]+)(/.*|)", OwnPortHandler, {"absolute_url": True}),
            (base + r"proxy/(.*)", ElsewhereHandler),
        ],
    )
