# Tells whether this host reaches a port of another: its own Python asks, since hosts need no nc.
# In: PYTHON, ADDRESS, PORT.
"$PYTHON" -c '
import socket, sys
try:
    socket.create_connection((sys.argv[1], int(sys.argv[2])), 5).close()
except OSError as error:
    sys.exit(error.strerror or "timed out")
' "$ADDRESS" "$PORT"
