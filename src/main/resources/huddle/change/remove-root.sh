# Removes everything a cluster has on a host, and ends what still runs from there.
# In: ROOT, CLUSTER, DATA (a link to the data folder, if it is this login's), DIRS (this cluster's scratch folders, a line each).
set -eu
if [ -e "$ROOT" ] && [ ! -d "$ROOT" ]; then
  echo "$ROOT is no folder; it was left alone" >&2
  exit 1
fi
if [ -d "$ROOT" ]; then
  owner=
  read -r owner 2>/dev/null <"$ROOT/.huddle-root" || :
  if [ "$owner" != "$CLUSTER" ]; then
    # Only the lock of this very run may be there.
    others=$(ls -A "$ROOT" | grep -v '^lock$' | head -n 3 | tr '\n' ' ')
    if [ -n "$others" ]; then
      echo "$ROOT is not marked as this cluster's; it was left alone" >&2
      exit 1
    fi
  fi
fi
# The processes that this one came from: someone may have read spark-env.sh into the shell that asks for this.
above=' '
pid=$$
while [ "${pid:-0}" -gt 1 ]; do
  above="$above$pid "
  read -r stat 2>/dev/null <"/proc/$pid/stat" || break
  set -- ${stat##*) }
  pid=$2
done

# Executors whose Worker was killed, drivers whose Master is gone: all of them carry this variable, and none has a
# terminal.
ends() {
  # No -F here: with it, busybox sees nothing beyond the first NUL.
  for file in $(grep -l -e 'HUDDLE_HOME=' /proc/[0-9]*/environ 2>/dev/null || :); do
    pid=${file#/proc/}
    pid=${pid%/environ}
    case $above in *" $pid "*) continue ;; esac
    read -r stat 2>/dev/null <"/proc/$pid/stat" || continue
    signal=$1
    set -- ${stat##*) }
    terminal=$5
    set -- "$signal"
    [ "$terminal" = 0 ] || continue
    if tr '\0' '\n' 2>/dev/null <"$file" | grep -q -x -F "HUDDLE_HOME=$ROOT"; then
      kill -"$1" "$pid" 2>/dev/null && found=1
    fi
  done
  return 0
}
tries=0 found=1
while [ "$found" = 1 ] && [ "$tries" -lt 40 ]; do
  found=0
  if [ "$tries" -lt 8 ]; then ends TERM; else ends KILL; fi
  [ "$found" = 0 ] || sleep 0.25 2>/dev/null || sleep 1
  tries=$((tries + 1))
done
printf '%s\n' "$DIRS" | while IFS= read -r dir; do
  case $dir in
    */huddle-"$CLUSTER") rm -rf "$dir" ;;
  esac
done
if [ -n "$(find "$DATA" -prune -type l -user "$(id -u)" 2>/dev/null)" ]; then
  there=$(cd -P "$DATA" 2>/dev/null && pwd) || there=
  here=$(cd -P "$ROOT/data" 2>/dev/null && pwd) || here=
  [ "$there" != "$here" ] || rm -f "$DATA"
fi
# The marker goes last: what a broken-off removal leaves is still this cluster's.
for entry in "$ROOT"/* "$ROOT"/.[!.]*; do
  case $entry in
    */.huddle-root) ;;
    *) rm -rf "$entry" ;;
  esac
done
rm -rf "$ROOT"
parent=${ROOT%/*}
# The folder that Huddle made above the roots goes with the last of them.
case $parent in
  */.huddle) rmdir "$parent" 2>/dev/null || : ;;
esac
