# Takes what an Application needs, a tar, from standard input.
# In: ROOT, ID.
set -eu
umask 077
mkdir -p "$ROOT/run/submit-$ID"
tar -xof - -C "$ROOT/run/submit-$ID" || {
  rm -rf "$ROOT/run/submit-$ID"
  exit 1
}
