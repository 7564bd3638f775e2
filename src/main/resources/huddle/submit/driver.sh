# Prelude: runs a driver in a session of its own and passes on its exit code. When standard input ends, because the
# operator pressed Ctrl-C or is gone, the driver is ended; a detached one goes on.
# In: ROOT, ID, ABOUT (lines for its record), DETACHED.
set -u
umask 077
# Where there is no setsid, Ctrl-C in the terminal of an operator on the same machine reaches this shell too.
trap '' INT
. "$ROOT/conf/spark-env.sh"
[ -n "${PYTHON:-}" ] || PYTHON=$(cluster_python)
folder=$ROOT/run/submit-$ID
# What conf/jvm.opts says, by a way that prints nothing on the Application's standard error.
java_options="spark.driver.defaultJavaOptions=-Djava.io.tmpdir='$ROOT/tmp' -XX:-UsePerfData -XX:ErrorFile='$ROOT/logs/hs_err_%p.log' -XX:-CreateCoredumpOnCrash"
export SPARK_LAUNCHER_OPTS=-XX:-UsePerfData
# Where conf/log4j2.properties makes the JVM note its Application's id and its page.
export HUDDLE_NOTES="$folder/notes"
# Files of --files are here, as they are in the folder an executor runs in.
cd "$folder" || exit 1

# What came along, as lists that spark-submit takes.
shipped() {
  list=
  for file in "$folder/$1"/*; do
    [ ! -e "$file" ] || list=$list${list:+,}$file
  done
  printf %s "$list"
}
py_files=$(shipped py)
files=$(shipped files)
jars=$(shipped jars)
for file in "$folder"/files/*; do
  [ ! -e "$file" ] || ln "$file" "$folder/" 2>/dev/null || cp "$file" "$folder/"
done

# Keeps what there is to say of it afterwards, and of the twenty that ended last.
keep_record() {
  {
    cat "$ROOT/run/driver-$ID"
    echo "exit=$1"
    [ ! -f "$folder/notes" ] || tail -n 20 "$folder/notes" | sed 's/^/note /'
  } >"$ROOT/logs/driver-$ID.part" 2>/dev/null
  mv -f "$ROOT/logs/driver-$ID.part" "$ROOT/logs/driver-$ID.end"
  ls -t "$ROOT"/logs/driver-*.end 2>/dev/null | tail -n +21 | while IFS= read -r old; do
    rm -f "$old" "${old%.end}.log" "${old%.end}.ipynb"
  done
}

# drive COMMAND…: never returns.
drive() {
  exec 3<&0
  setsid "$@" </dev/null 3<&- &
  driver=$!
  if read -r stat 2>/dev/null <"/proc/$driver/stat"; then
    set -- ${stat##*) }
    printf 'pid=%s\nstart=%s\nsince=%s\n%s\n' "$driver" "${20}" "$(date +%s)" "$ABOUT" >"$folder/record"
    mv -f "$folder/record" "$ROOT/run/driver-$ID"
  fi
  watcher=
  if [ -z "$DETACHED" ]; then
    {
      cat >/dev/null
      end_session
    } <&3 >/dev/null 2>&1 &
    watcher=$!
  fi
  exec 3<&-
  # Some shells say here that a signal ended it, which is no word of the driver's.
  wait "$driver" 2>/dev/null
  code=$?
  [ -z "$watcher" ] || kill "$watcher" 2>/dev/null
  # What a driver leaves behind, such as its Python's JVM, ends with it.
  end_session >/dev/null 2>&1
  keep_record "$code"
  rm -rf "$folder" "$ROOT/run/driver-$ID"
  exit "$code"
}
