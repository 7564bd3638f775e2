# Puts an unpacked folder in its place, marked as whole.
# In: ROOT, FOLDER, IDENTITY.
set -eu
umask 022
part=$ROOT/$FOLDER.part
printf '%s' "$IDENTITY" >"$part/.huddle"
rm -rf "${ROOT:?}/$FOLDER"
mv "$part" "$ROOT/$FOLDER"
