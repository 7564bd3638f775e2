# Makes the folder that has the same files on every host. The usual one is a link in a folder that everybody may write
# to: what somebody else has put there is left alone.
# In: ROOT, DATA, LINK (yes or no).
set -eu
case $ROOT in
  "~/"*) ROOT=$HOME/${ROOT#"~/"} ;;
esac
# A folder without the mark would be taken for somebody's, by the next `up` too.
if [ ! -e "$ROOT/.huddle-root" ]; then
  echo "the cluster is not installed there" >&2
  exit 1
fi
if [ "$LINK" = no ]; then
  [ ! -d "$DATA" ] || exit 0
  mkdir -p "$DATA"
  exit 0
fi
mkdir -p "$ROOT/data"
if [ -L "$DATA" ] || [ -e "$DATA" ]; then
  if [ -z "$(find "$DATA" -prune -type l -user "$(id -u)" 2>/dev/null)" ]; then
    echo "$DATA is there and not this login's link; choose another folder with data: in the file" >&2
    exit 1
  fi
  there=$(cd -P "$DATA" 2>/dev/null && pwd) || there=
  here=$(cd -P "$ROOT/data" && pwd)
  [ "$there" != "$here" ] || exit 0
  # Its own link, of a root that was elsewhere. In a sticky folder nobody else can have a hand in this.
  rm -f "$DATA"
fi
ln -s "$ROOT/data" "$DATA"
# Between the look and the link somebody may have been quicker.
if [ -z "$(find "$DATA" -prune -type l -user "$(id -u)" 2>/dev/null)" ]; then
  echo "$DATA is there and not this login's link; choose another folder with data: in the file" >&2
  exit 1
fi
