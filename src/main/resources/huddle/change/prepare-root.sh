# Makes the install root and marks it, so that nothing that is not Huddle's is ever removed.
# In: ROOT, CLUSTER.
set -eu
umask 077
marker=$ROOT/.huddle-root
if [ -f "$marker" ]; then
  owner=
  read -r owner <"$marker" || :
  if [ "$owner" != "$CLUSTER" ]; then
    echo "$ROOT belongs to the cluster $owner; give this one another root" >&2
    exit 1
  fi
  exit 0
fi
if [ -e "$ROOT" ] && [ ! -d "$ROOT" ]; then
  echo "$ROOT is a file; give this host another root" >&2
  exit 1
fi
if [ -d "$ROOT" ]; then
  # The cluster's lock may be there before anything else.
  others=$(ls -A "$ROOT" | grep -v -e '^lock$' -e '^\.huddle-root\.part$' | head -n 3 | tr '\n' ' ')
  if [ -n "$others" ]; then
    echo "$ROOT holds files that are not Huddle's (${others% }); give this host another root" >&2
    exit 1
  fi
fi
mkdir -p "$ROOT"
printf '%s\n' "$CLUSTER" >"$marker.part"
mv -f "$marker.part" "$marker"
