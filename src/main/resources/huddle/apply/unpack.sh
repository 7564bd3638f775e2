# Unpacks a tar from standard input beside the folder below the root that it is to become. Whether it is whole only the
# sender knows: a tar that is cut off between two files looks right.
# In: ROOT, FOLDER.
set -eu
umask 022
part=$ROOT/$FOLDER.part
rm -rf "$part"
mkdir "$part"
if ! tar -xf - -C "$part"; then
  free=$(df -Pk "$ROOT" | awk 'NR == 2 { print int($4 / 1024) }')
  rm -rf "$part"
  echo "unpacking $FOLDER broke off with $free MiB free" >&2
  exit 1
fi
