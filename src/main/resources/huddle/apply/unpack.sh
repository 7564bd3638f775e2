# Unpacks a tar from standard input into a folder below the root; it appears whole or not at all.
# In: ROOT, FOLDER, IDENTITY.
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
printf '%s' "$IDENTITY" >"$part/.huddle"
rm -rf "${ROOT:?}/$FOLDER"
mv "$part" "$ROOT/$FOLDER"
