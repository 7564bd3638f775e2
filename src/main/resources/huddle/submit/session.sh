# Prelude: the processes of a session, and their end.
# In: driver, the process id that leads it.
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
