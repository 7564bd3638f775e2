# Asks the notebook server of this host.
# In: ROOT, WORDS (quoted).
set -eu
eval "set -- $WORDS"
exec "$ROOT/bin/huddle-notebook" "$ROOT/conf/notebook/ask_notebooks.py" "$@"
