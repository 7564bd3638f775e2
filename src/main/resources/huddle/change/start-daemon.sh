# Starts a Master or Worker in a session of its own, and notes pid, start time and digest of its settings.
# In: ROOT, ROLE, SPARK_HOME, MAIN_CLASS, ARGUMENTS (quoted words), OPTIONS, HEAP, ENVIRONMENT (exports), DIRS, DIGEST.
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
eval "$ENVIRONMENT"
export SPARK_LOG_DIR="$ROOT/logs"
export SPARK_DAEMON_MEMORY="$HEAP"
export SPARK_DAEMON_JAVA_OPTS="$OPTIONS"
cd "$ROOT/run"
eval "set -- $ARGUMENTS"
setsid nohup "$SPARK_HOME/bin/spark-class" "$MAIN_CLASS" "$@" >"$log" 2>&1 </dev/null &
pid=$!
read -r stat <"/proc/$pid/stat"
# The name in parentheses may hold anything; after it, field 22 is the twentieth.
set -- ${stat##*) }
printf 'pid=%s\nstart=%s\ndigest=%s\n' "$pid" "${20}" "$DIGEST" >"$ROOT/run/$ROLE.part"
mv -f "$ROOT/run/$ROLE.part" "$ROOT/run/$ROLE"
