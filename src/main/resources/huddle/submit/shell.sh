# Runs one of Spark's shells on the terminal that this was started on, and clears away after it.
# In: ROOT, SPARK_HOME, ID, ABOUT (lines for its record), PYTHON, COMMAND (in Spark's bin), WORDS (quoted).
set -u
umask 077
. "$ROOT/conf/spark-env.sh"
[ -n "${PYTHON:-}" ] || PYTHON=$(cluster_python)
folder=$ROOT/run/submit-$ID
java_options="spark.driver.defaultJavaOptions=-Djava.io.tmpdir='$ROOT/tmp' -XX:-UsePerfData"
export SPARK_LAUNCHER_OPTS=-XX:-UsePerfData
export SPARK_SUBMIT_OPTS=-Dscala.usejavacp=true
export PYSPARK_PYTHON="$PYTHON"
export PYSPARK_DRIVER_PYTHON="$PYTHON"
export HUDDLE_NOTES="$folder/notes"
# What is piped in is run as if it were typed.
[ -t 0 ] || export PYSPARK_DRIVER_PYTHON_OPTS=-i
cd "$folder" || exit 1
settings=$(stty -g 2>/dev/null)
# Ctrl-C and the end of the terminal are the shell's; a handler here, unlike ignoring, is not passed on to it.
trap : INT HUP TERM
(
  trap - INT HUP TERM
  read -r stat </proc/self/stat
  pid=${stat%% *}
  set -- ${stat##*) }
  printf 'pid=%s\nstart=%s\nsince=%s\n%s\n' "$pid" "${20}" "$(date +%s)" "$ABOUT" >"$folder/record"
  mv -f "$folder/record" "$ROOT/run/driver-$ID"
  eval "set -- $WORDS"
  case $COMMAND in
    pyspark) exec "$SPARK_HOME/bin/pyspark" --conf "$java_options" "$@" ;;
    *) exec "$SPARK_HOME/bin/$COMMAND" --conf "$java_options" "$@" ;;
  esac
)
code=$?
# The end of what leads a terminal's session is a signal to all in it: those that still end by themselves are waited for.
others() {
  for entry in /proc/[0-9]*/stat; do
    read -r stat 2>/dev/null <"$entry" || continue
    id=${stat%% *}
    set -- ${stat##*) }
    [ "$4" != $$ ] || [ "$id" = $$ ] || [ "$1" = Z ] || return 0
  done
  return 1
}
tries=0
while [ "$tries" -lt 40 ] && others; do
  sleep 0.25 2>/dev/null || sleep 1
  tries=$((tries + 1))
done
[ -z "$settings" ] || stty "$settings" 2>/dev/null
rm -rf "$folder" "$ROOT/run/driver-$ID"
exit "$code"
