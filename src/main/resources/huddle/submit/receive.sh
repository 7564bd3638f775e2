# Takes an Application's file from standard input.
# In: ROOT, ID, FILE.
set -eu
umask 077
mkdir -p "$ROOT/run/submit-$ID"
cat >"$ROOT/run/submit-$ID/$FILE"
