# `huddle push` on a host, in one run of Python: says what is there already, or receives files, keeps them and passes
# them on to the next host while they arrive. One JSON object a line, in and out; files as frames of a tar: four bytes of
# length, then so many bytes; a length of 0 ends them.
import fcntl, hmac, json, os, shutil, signal, socket, ssl, stat, sys, tarfile, threading, time

LONGEST = 1 << 20


class Wrong(Exception):
    """What is wrong, as a sentence for a person."""


def say(**words):
    os.write(1, (json.dumps(words) + "\n").encode())


def line():
    # Byte by byte: what follows is not ours to buffer.
    text = bytearray()
    while not text.endswith(b"\n"):
        byte = os.read(0, 1)
        if not byte or len(text) > 64 << 20:
            raise Wrong("the operator is gone")
        text += byte
    return json.loads(text)


def why(error):
    return getattr(error, "strerror", None) or str(error) or type(error).__name__


# --- what is there


def address(root):
    with open(root + "/conf/spark-env.sh", encoding="utf-8") as conf:
        for text in conf:
            if text.startswith("export SPARK_LOCAL_HOSTNAME="):
                return text.split("=", 1)[1].strip().strip("'")
    raise Wrong("the cluster is not installed there")


def folder(to):
    """Makes it; in a folder that all may write to, a link of somebody else's leads anywhere."""
    try:
        own = os.lstat(to)
        if stat.S_ISLNK(own.st_mode) and own.st_uid not in (0, os.getuid()):
            raise Wrong(to + " is a link of another login's; it was left alone")
    except FileNotFoundError:
        pass
    try:
        os.makedirs(to, 0o755, exist_ok=True)
    except FileExistsError:
        raise Wrong(to + " is a file") from None
    except OSError as error:
        raise Wrong("cannot make %s: %s" % (to, why(error))) from None
    if not os.access(to, os.W_OK | os.X_OK):
        raise Wrong("cannot write in " + to)


def found(path):
    """Every file below, with size and time, as the operator lists them; None where there is something else."""
    info = os.lstat(path)
    if stat.S_ISREG(info.st_mode):
        return {"": [info.st_size, int(info.st_mtime)]}
    if not stat.S_ISDIR(info.st_mode):
        return None
    files = {}
    for place, folders, names in os.walk(path):
        below = os.path.relpath(place, path)
        if not folders and not names and below != ".":
            files[below + "/"] = [0, 0]
        for name in names:
            info = os.lstat(os.path.join(place, name))
            if not stat.S_ISREG(info.st_mode):
                return None
            files[os.path.normpath(os.path.join(below, name))] = [info.st_size, int(info.st_mtime)]
    return files


def look(asked):
    folder(asked["to"])
    same = []
    for path in asked["paths"]:
        try:
            if found(asked["to"] + "/" + path["name"]) == path["files"]:
                same.append(path["name"])
        except FileNotFoundError:
            pass
    disk = os.statvfs(asked["to"])
    say(address=address(os.environ["ROOT"]), free=disk.f_bavail * disk.f_frsize, same=same)


# --- hops


class Keys:
    """One certificate for all hosts of this run: who has its key belongs to it."""

    def __init__(self, asked):
        self.token = asked["token"].encode()
        self.pinned = ssl.PEM_cert_to_DER_cert(asked["cert"])
        self.cert = asked["cert"]
        self.pem = (asked["cert"] + asked["key"]).encode()

    def context(self, side):
        context = ssl.SSLContext(side)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        context.check_hostname = False
        context.verify_mode = ssl.CERT_REQUIRED
        context.load_verify_locations(cadata=self.cert)
        # Never a file with a name.
        memory = os.memfd_create("huddle")
        try:
            os.write(memory, self.pem)
            context.load_cert_chain("/proc/self/fd/%d" % memory)
        finally:
            os.close(memory)
        return context

    def check(self, peer):
        if peer.getpeercert(True) != self.pinned:
            raise Wrong("another certificate answers")


def exactly(peer, count):
    data = bytearray()
    while len(data) < count:
        more = peer.recv(count - len(data))
        if not more:
            raise Wrong("the connection broke off")
        data += more
    return bytes(data)


class Door:
    """Listens for the one host before this one, for a bounded time."""

    def __init__(self, keys, host, seconds):
        self.keys = keys
        self.deadline = time.monotonic() + seconds
        self.peer = None
        self.came = threading.Event()
        self.listening = socket.create_server((host, 0))
        self.port = self.listening.getsockname()[1]
        threading.Thread(target=self.wait, args=(keys.context(ssl.PROTOCOL_TLS_SERVER),), daemon=True).start()

    def wait(self, context):
        with self.listening:
            while self.peer is None and time.monotonic() < self.deadline:
                self.listening.settimeout(max(0.1, self.deadline - time.monotonic()))
                try:
                    plain, _ = self.listening.accept()
                except OSError:
                    # Nobody yet.
                    continue
                with plain:
                    self.peer = self.admitted(context, plain)
        self.came.set()

    def admitted(self, context, plain):
        """The connection of the host before this one; None for anybody else."""
        peer = None
        try:
            plain.settimeout(5)
            peer = context.wrap_socket(plain, server_side=True)
            self.keys.check(peer)
            if hmac.compare_digest(exactly(peer, len(self.keys.token)), self.keys.token):
                peer.sendall(b"k")
                return peer
        except (OSError, Wrong):
            pass
        if peer is not None:
            peer.close()
        return None


def dial(keys, host, port, seconds):
    try:
        plain = socket.create_connection((host, port), 10)
        plain.settimeout(10)
        peer = keys.context(ssl.PROTOCOL_TLS_CLIENT).wrap_socket(plain)
        keys.check(peer)
        peer.sendall(keys.token)
        exactly(peer, 1)
        # Hosts further on give up earlier, so that the hop that broke is the one that is named.
        peer.settimeout(seconds)
        return peer
    except (OSError, Wrong) as error:
        raise Wrong("%s:%d cannot be reached: %s" % (host, port, why(error))) from None


# --- files


class Stream:
    """The tar, read from frames that go on to the next host as they come."""

    def __init__(self, receive, onward):
        self.receive = receive
        self.onward = onward
        self.broken = None
        self.rest = b""
        self.ended = False

    def frame(self):
        head = self.receive(4)
        size = int.from_bytes(head, "big")
        if size > LONGEST:
            raise Wrong("what arrives is not what was agreed on")
        data = self.receive(size) if size else b""
        if self.onward is not None:
            try:
                self.onward.sendall(head + data)
            except OSError as error:
                self.broken = why(error)
                self.onward.close()
                self.onward = None
        self.ended = size == 0
        return data

    def read(self, count):
        parts = []
        while count > 0 and not self.ended:
            if not self.rest:
                self.rest = self.frame()
            part = self.rest[:count]
            self.rest = self.rest[len(part):]
            parts.append(part)
            count -= len(part)
        return b"".join(parts)

    def drain(self):
        while not self.ended:
            self.frame()


def clean(name):
    parts = name.split("/")
    if name.startswith("/") or any(part in ("", ".", "..") for part in parts):
        raise Wrong("a name that leaves its folder: " + repr(name))
    return parts


class Parts:
    """Each path beside its place, until it is whole."""

    def __init__(self, to, own, paths):
        self.to = to
        # Of this host alone: some folders are one and the same on all.
        self.prefix = ".huddle-part-%s-" % own
        self.paths = {path["name"]: path for path in paths}
        self.seen = {name: [0, 0] for name in self.paths}
        self.remove()

    def remove(self):
        """What this run has begun, and what runs that were killed left."""
        for name in os.listdir(self.to):
            if name.startswith(self.prefix):
                wipe(self.to + "/" + name)

    def keep(self, tar):
        for member in tar:
            parts = clean(member.name)
            if parts[0] not in self.paths:
                continue
            place = os.path.join(self.to, self.prefix + parts[0], *parts[1:])
            if member.isdir():
                os.makedirs(place, exist_ok=True)
            elif member.isfile():
                os.makedirs(os.path.dirname(place), exist_ok=True)
                with tar.extractfile(member) as source, open(place, "xb") as target:
                    shutil.copyfileobj(source, target, 1 << 18)
                os.chmod(place, 0o755 if member.mode & 0o111 else 0o644)
                os.utime(place, (member.mtime, member.mtime))
                self.seen[parts[0]][0] += 1
                self.seen[parts[0]][1] += member.size
            else:
                raise Wrong("what is no file and no folder: " + repr(member.name))

    def place(self):
        for name, path in self.paths.items():
            if self.seen[name] != [path["count"], path["bytes"]]:
                raise Wrong("%s arrived in part only" % name)
        for name in self.paths:
            part, target = self.to + "/" + self.prefix + name, self.to + "/" + name
            if os.path.isdir(part) or (os.path.isdir(target) and not os.path.islink(target)):
                old = self.to + "/" + self.prefix + "old-" + name
                if os.path.lexists(target):
                    os.rename(target, old)
                os.rename(part, target)
                wipe(old)
            else:
                os.replace(part, target)


def wipe(path):
    if os.path.isdir(path) and not os.path.islink(path):
        shutil.rmtree(path)
    elif os.path.lexists(path):
        os.unlink(path)


def from_operator(count):
    data = bytearray()
    while len(data) < count:
        more = os.read(0, count - len(data))
        if not more:
            raise Wrong("the operator is gone")
        data += more
    return bytes(data)


def gone(*_):
    raise SystemExit(3)


def watch():
    """Ends with the operator, who says nothing more on this way."""
    while os.read(0, 1):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


def receive(asked):
    os.umask(0o022)
    lock = os.open(os.environ["ROOT"] + "/run/push.lock", os.O_CREAT | os.O_WRONLY | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        raise Wrong("another push is at work there") from None
    signal.signal(signal.SIGTERM, gone)
    signal.signal(signal.SIGHUP, gone)
    keys = Keys(asked)
    parts = Parts(asked["to"], asked["own"], asked["paths"])
    try:
        door = None
        if asked["listen"]:
            try:
                door = Door(keys, asked["listen"], 60)
            except OSError:
                # Then the operator sends here.
                pass
        say(port=door.port if door else 0)
        following = line()["next"]
        onward = None
        if following:
            try:
                onward = dial(keys, following[0], following[1], asked["patience"])
                say(next="ok")
            except Wrong as error:
                say(next=str(error))
        else:
            say(next="none")
        if line()["from"] == "operator":
            source = from_operator
        else:
            threading.Thread(target=watch, daemon=True).start()
            if not door.came.wait(60) or door.peer is None:
                raise Wrong("the host before it did not come")
            peer = door.peer
            peer.settimeout(asked["patience"] + 30)
            source = lambda count: exactly(peer, count)
        stream = Stream(source, onward)
        failed = None
        try:
            with tarfile.open(fileobj=stream, mode="r|", bufsize=1 << 18) as tar:
                parts.keep(tar)
        except (OSError, tarfile.TarError) as error:
            # The hosts behind this one want the rest all the same.
            failed = why(error)
        stream.drain()
        if failed:
            raise Wrong("it cannot be kept: " + failed)
        parts.place()
        if onward is not None and stream.broken is None:
            onward.close()
        say(done=True, broken=stream.broken)
    finally:
        parts.remove()


def main():
    try:
        asked = line()
        (look if asked["do"] == "look" else receive)(asked)
    except Wrong as error:
        say(failed=str(error))
    except (OSError, ValueError, KeyError) as error:
        say(failed=why(error))


main()
