# Removes one folder below the root.
# In: ROOT, FOLDER.
set -eu
case $FOLDER in
  */* | .* | '') echo "not a folder of Huddle's: $FOLDER" >&2; exit 1 ;;
  python-*)
    rm -f "$ROOT/bin/huddle-$FOLDER"
    rm -rf "${ROOT:?}/$FOLDER"
    ;;
  spark-* | java-* | jars-* | cpython-* | *.part | *.part.*) rm -rf "${ROOT:?}/$FOLDER" ;;
  *) echo "not a folder of Huddle's: $FOLDER" >&2; exit 1 ;;
esac
