# Puts what runs a shell where a terminal can start it.
# In: ROOT, ID, PROGRAM.
set -eu
umask 077
mkdir -p "$ROOT/run/submit-$ID"
printf '%s\n' "$PROGRAM" >"$ROOT/run/submit-$ID/run.sh"
