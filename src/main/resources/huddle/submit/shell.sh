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
# others SIGNAL: sends it to what else is alive in this session, and the driver, which shares another's session on the
# operator's own machine; whether there is any.
others() {
  signal=$1 found=1
  for entry in /proc/[0-9]*/stat; do
    read -r stat 2>/dev/null <"$entry" || continue
    id=${stat%% *}
    set -- ${stat##*) }
    case $id in $$ | "$reaper") continue ;; esac
    [ "$1" != Z ] || continue
    if [ "$4" = $$ ] || [ "$id" = "$driver" ]; then
      kill -"$signal" "$id" 2>/dev/null
      found=0
    fi
  done
  return $found
}
# Waits for those that still end by themselves, ends the others, and leaves nothing behind.
clear_away() {
  driver=$(sed -n 's/^pid=//p' "$ROOT/run/driver-$ID" 2>/dev/null)
  tries=0
  while [ "$tries" -lt 40 ] && others 0; do
    sleep 0.25 2>/dev/null || sleep 1
    tries=$((tries + 1))
  done
  others KILL
  rm -rf "$folder" "$ROOT/run/driver-$ID"
}
# The end of the terminal ends this shell, and thereby is a signal to all that runs on it, whatever that is busy with. Then
# this here clears away: it reads from a pipe that ends with the shell.
mkfifo "$folder/alive" && exec 4<>"$folder/alive" || exit 1
(
  trap '' INT HUP TERM
  exec 5<"$folder/alive" 4>&-
  read -r end <&5
  [ -d "$folder" ] || exit 0
  read -r stat </proc/self/stat
  reaper=${stat%% *}
  clear_away
) </dev/null >/dev/null 2>&1 &
reaper=$!
# Ctrl-C is Spark's shell's; a handler here, unlike ignoring, is not passed on to it.
trap : INT TERM
(
  trap - INT TERM
  exec 4>&-
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
clear_away
[ -z "$settings" ] || stty "$settings" 2>/dev/null
exit "$code"
