# Takes files of event logs from a tar on standard input: each is there whole or not at all.
# In: ROOT (a leading ~/ is the home folder), ID, FILES (a line each, those that a reader looks at first last).
set -eu
umask 077
case $ROOT in
  "~/"*) ROOT=$HOME/${ROOT#"~/"} ;;
esac
mkdir -p "$ROOT/eventlog"
cd "$ROOT/eventlog"
incoming=.incoming-$ID
trap 'rm -rf "$incoming"' EXIT
mkdir "$incoming"
(cd "$incoming" && tar xf -)
set -f
for file in $FILES; do
  [ -f "$incoming/$file" ] || continue
  case $file in */*) mkdir -p "${file%/*}" ;; esac
  mv -f "$incoming/$file" "$file"
  # An Application that has ended is no longer in progress.
  rm -f "$file.inprogress"
done
