"""Loads sparkmonitor, with the one thing that it lacks on a host of many users: its socket takes anyone's word."""

import os


def load(ip, conf):
    from sparkmonitor import kernelextension

    kernelextension.SocketThread = _guarded(kernelextension.SocketThread)
    before = conf.get("spark.driver.extraClassPath", "")
    ip.push({"conf": conf})
    ip.run_line_magic("load_ext", "sparkmonitor.kernelextension")
    kernelextension.logger.setLevel("WARNING")
    if before:
        jar = conf.get("spark.driver.extraClassPath")
        conf.set("spark.driver.extraClassPath", jar + ":" + before)
    ip.user_ns.pop("conf", None)


def _guarded(base):
    class Guarded(base):
        def startSocket(self):
            self.daemon = True
            port = super().startSocket()
            return port

        def start(self):
            self.sock = _Mine(self.sock)
            super().start()

        def onrecv(self, msg):
            try:
                super().onrecv(msg)
            except AttributeError:
                pass  # No browser looks on.

    return Guarded


class _Mine:
    """Accepts only connections whose other end belongs to this login."""

    def __init__(self, sock):
        self._sock = sock

    def __getattr__(self, name):
        return getattr(self._sock, name)

    def accept(self):
        while True:
            client, address = self._sock.accept()
            if _owner(address[1]) == os.getuid():
                return client, address
            client.close()


def _owner(port):
    """Who has the connected socket with this local port on loopback; None if nobody has."""
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        try:
            with open(table, encoding="ascii") as rows:
                next(rows)
                for row in rows:
                    cells = row.split()
                    if int(cells[1].rpartition(":")[2], 16) == port and cells[3] == "01":
                        return int(cells[7])
        except OSError:
            continue
    return None
