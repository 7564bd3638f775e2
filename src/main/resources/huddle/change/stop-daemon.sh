# Stops a daemon with all that it started: asks, waits, then ends it. A Master takes the drivers along, which would hang
# without it.
# In: ROOT, ROLE, SECONDS_LEFT (how long it may take to end by itself).
set -eu

# alive PID START
alive() {
  read -r stat 2>/dev/null <"/proc/$1/stat" || return 1
  started=$2
  set -- ${stat##*) }
  [ "$1" != Z ] && [ "${20}" = "$started" ]
}

# Everything in the session that PID leads.
session() {
  for entry in /proc/[0-9]*/stat; do
    read -r stat 2>/dev/null <"$entry" || continue
    id=${stat%% *}
    set -- "$1" ${stat##*) }
    # After the name: state, parent, process group, session.
    [ "$5" = "$1" ] && [ "$2" != Z ] && echo "$id"
  done
  return 0
}

# Waits up to 5 s until nothing is left in the session.
await_session() {
  tries=0
  while [ -n "$(session "$pid")" ] && [ "$tries" -lt 20 ]; do
    sleep 0.25 2>/dev/null || sleep 1
    tries=$((tries + 1))
  done
}

# stop FILE
stop() {
  pid= start=
  while IFS='=' read -r key value; do
    case $key in
      pid) pid=$value ;;
      start) start=$value ;;
    esac
  done <"$1"
  case $pid in '' | *[!0-9]*) rm -f "$1"; return ;; esac
  if alive "$pid" "$start"; then
    kill -TERM "$pid" 2>/dev/null || :
    tries=0
    while alive "$pid" "$start" && [ "$tries" -lt $((SECONDS_LEFT * 4)) ]; do
      sleep 0.25 2>/dev/null || sleep 1
      tries=$((tries + 1))
    done
    # Executors end with their Worker, within a moment.
    await_session
    for left in $(session "$pid"); do kill -KILL "$left" 2>/dev/null || :; done
    await_session
  fi
  rm -f "$1"
}

if [ "$ROLE" = master ]; then
  for file in "$ROOT"/run/driver-*; do
    [ ! -f "$file" ] || stop "$file"
  done
fi
[ ! -f "$ROOT/run/$ROLE" ] || stop "$ROOT/run/$ROLE"
