#!/usr/bin/env python3
"""Records a command on a terminal of 80 columns: record.py OUT.cast COMMAND...

OUT.cast is an asciicast (version 2): a header, then a line [seconds, "o", text] for each piece of output. A question
that ends in "[y/N] " is answered with y.
"""

import codecs
import fcntl
import json
import os
import pty
import select
import struct
import sys
import termios
import time

COLUMNS, ROWS = 80, 40
out, command = sys.argv[1], sys.argv[2:]
child, terminal = pty.fork()
if child == 0:
    fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
    os.environ.update(TERM="xterm-256color", COLUMNS=str(COLUMNS))
    os.execvp(command[0], command)

began = time.monotonic()
decoder = codecs.getincrementaldecoder("utf-8")("replace")
with open(out, "w", encoding="utf-8") as cast:
    print(json.dumps({"version": 2, "width": COLUMNS, "height": ROWS, "command": " ".join(command)}), file=cast)
    last = ""
    while True:
        select.select([terminal], [], [])
        try:
            piece = os.read(terminal, 65536)
        except OSError:
            break
        if not piece:
            break
        text = decoder.decode(piece)
        print(json.dumps([round(time.monotonic() - began, 3), "o", text], ensure_ascii=False), file=cast)
        sys.stdout.write(text)
        sys.stdout.flush()
        last = (last + text)[-40:]
        if last.endswith("[y/N] "):
            time.sleep(1)
            os.write(terminal, b"y\n")
            last = ""
sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
