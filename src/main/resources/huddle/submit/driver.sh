# Prelude: runs a driver in a session of its own and passes on its exit code. When standard input ends, because the
# operator pressed Ctrl-C or is gone, the driver is ended.
# In: ROOT, ID.
set -u
umask 077
# Ctrl-C in the operator's terminal reaches this shell too where the cluster is on the same machine.
trap '' INT
. "$ROOT/conf/spark-env.sh"
folder=$ROOT/run/submit-$ID
# What conf/jvm.opts says, by a way that prints nothing on the Application's standard error.
java_options="spark.driver.defaultJavaOptions=-Djava.io.tmpdir='$ROOT/tmp' -XX:-UsePerfData -XX:ErrorFile='$ROOT/logs/hs_err_%p.log' -XX:-CreateCoredumpOnCrash"
export SPARK_LAUNCHER_OPTS=-XX:-UsePerfData
cd "$folder" || exit 1

# Processes of the driver's session.
session() {
  for entry in /proc/[0-9]*/stat; do
    read -r stat 2>/dev/null <"$entry" || continue
    id=${stat%% *}
    set -- ${stat##*) }
    [ "$4" = "$driver" ] && [ "$1" != Z ] && echo "$id"
  done
  return 0
}

end_session() {
  # It may not lead its session yet.
  kill -TERM "$driver" 2>/dev/null
  for id in $(session); do kill -TERM "$id" 2>/dev/null; done
  tries=0
  while [ -n "$(session)" ] && [ "$tries" -lt 40 ]; do
    sleep 0.25 2>/dev/null || sleep 1
    tries=$((tries + 1))
  done
  for id in $(session); do kill -KILL "$id" 2>/dev/null; done
}

# drive COMMAND…: never returns.
drive() {
  exec 3<&0
  setsid "$@" </dev/null 3<&- &
  driver=$!
  if read -r stat 2>/dev/null <"/proc/$driver/stat"; then
    set -- ${stat##*) }
    printf 'pid=%s\nstart=%s\n' "$driver" "${20}" >"$ROOT/run/driver-$ID"
  fi
  {
    cat >/dev/null
    end_session
  } <&3 >/dev/null 2>&1 &
  watcher=$!
  exec 3<&-
  wait "$driver"
  code=$?
  kill "$watcher" 2>/dev/null
  # What a driver leaves behind, such as its Python's JVM, ends with it.
  end_session >/dev/null 2>&1
  rm -rf "$folder" "$ROOT/run/driver-$ID"
  exit "$code"
}
