# Runs Huddle's program for `push` with the cluster's own Python.
# In: ROOT, PROGRAM (Python).
set -eu
case $ROOT in
  "~/"*) ROOT=$HOME/${ROOT#"~/"} ;;
esac
if [ ! -x "$ROOT/bin/huddle-python" ]; then
  echo "the cluster is not installed there" >&2
  exit 1
fi
export ROOT
exec "$ROOT/bin/huddle-python" -I -c "$PROGRAM"
