# Starts a daemon in a session of its own, and notes pid, start time and digest of its settings.
# In: ROOT, ROLE, SPARK_HOME, COMMAND (quoted words), ENVIRONMENT (exports), FOLDER (below the root), DIRS, FOLDERS (a line
# each), DIGEST.
set -eu
umask 077
log=$ROOT/logs/$ROLE.log
[ ! -f "$log" ] || mv -f "$log" "$log.1"
# Scratch folders, separated by commas as Spark wants them.
rest=$DIRS,
while [ -n "${rest#,}" ]; do
  mkdir -p "${rest%%,*}"
  rest=${rest#*,}
done
printf '%s\n' "$FOLDERS" | while IFS= read -r folder; do
  [ -n "$folder" ] || continue
  why=$(mkdir -p "$folder" 2>&1) || {
    echo "the folder $folder cannot be made: ${why##*: }" >&2
    exit 1
  }
  [ -w "$folder" ] || {
    echo "the folder $folder cannot be written to by this login" >&2
    exit 1
  }
done
eval "$ENVIRONMENT"
if [ -n "${SPARK_LOG_DIR:-}" ]; then
  # Where the daemon's page looks for its log: the first file there that is named like this.
  mkdir -p "$SPARK_LOG_DIR"
  ln -sf "$log" "${SPARK_LOG_DIR%/}/$ROLE.out"
fi
mkdir -p "$ROOT/$FOLDER"
cd "$ROOT/$FOLDER"
eval "set -- $COMMAND"
setsid nohup "$@" >"$log" 2>&1 </dev/null &
pid=$!
read -r stat <"/proc/$pid/stat"
# The name in parentheses may hold anything; after it, field 22 is the twentieth.
set -- ${stat##*) }
printf 'pid=%s\nstart=%s\ndigest=%s\n' "$pid" "${20}" "$DIGEST" >"$ROOT/run/$ROLE.part"
mv -f "$ROOT/run/$ROLE.part" "$ROOT/run/$ROLE"
