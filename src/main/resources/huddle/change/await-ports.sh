# Waits until a daemon itself listens on its ports: Spark silently takes the next one where a port is taken.
# In: ROOT, ROLE, PORTS (decimal, separated by spaces), SOCKET (a path, or empty), ONLY (yes: it listens on no other), SECONDS_LEFT.
set -eu
log=$ROOT/logs/$ROLE.log
pid= start=
while IFS='=' read -r key value; do
  case $key in
    pid) pid=$value ;;
    start) start=$value ;;
  esac
done <"$ROOT/run/$ROLE"
wanted= count=0
for port in $PORTS; do
  wanted="$wanted $(printf '%04X' "$port")"
  count=$((count + 1))
done

alive() {
  read -r stat 2>/dev/null <"/proc/$pid/stat" || return 1
  set -- ${stat##*) }
  [ "$1" != Z ] && [ "${20}" = "$start" ]
}

# Prints the ports the daemon listens on, in hex.
bound() {
  { ls -l "/proc/$pid/fd" 2>/dev/null || :; cat /proc/net/tcp /proc/net/tcp6 2>/dev/null || :; } |
    awk '/socket:\[/ { sub(/.*socket:\[/, ""); sub(/\].*/, ""); mine[$0] = 1; next }
         $4 == "0A" && ($10 in mine) { n = split($2, part, ":"); print part[n] }'
}

# Whether the daemon itself listens on its socket: a path may be left from an earlier one.
on_socket() {
  [ -n "$SOCKET" ] || return 0
  { ls -l "/proc/$pid/fd" 2>/dev/null || :; cat /proc/net/unix 2>/dev/null || :; } |
    awk -v path="$SOCKET" '/socket:\[/ { sub(/.*socket:\[/, ""); sub(/\].*/, ""); mine[$0] = 1; next }
         $4 == "00010000" && ($7 in mine) && index($0, path) { found = 1 }
         END { exit !found }'
}

give_up() {
  tail -n 40 "$log" >&2 2>/dev/null || :
  echo "$1; its log: $log" >&2
  exit 1
}

waited=0 elsewhere=0
while :; do
  if ! alive; then
    why=$(grep -E 'ERROR|Exception|Error:|rror occurred' "$log" 2>/dev/null | tail -n 1 | cut -c1-300)
    give_up "the $ROLE ended at its start${why:+: $why}"
  fi
  ports=$(bound)
  missing=
  for port in $wanted; do
    case " $(echo $ports) " in *" $port "*) ;; *) missing="$missing $port" ;; esac
  done
  if [ -z "$missing" ] && on_socket; then exit 0; fi
  if [ -n "$ONLY" ] && [ "$(echo $ports | wc -w)" -ge "$count" ]; then
    elsewhere=$((elsewhere + 1))
    if [ "$elsewhere" -gt 20 ]; then
      have=
      for port in $ports; do have="$have $((0x$port))"; done
      give_up "the $ROLE listens on$have instead of $PORTS: something else has its port"
    fi
  fi
  [ "$waited" -lt $((SECONDS_LEFT * 4)) ] || give_up "the $ROLE does not listen on ${PORTS:-$SOCKET} after $SECONDS_LEFT s"
  sleep 0.25 2>/dev/null || sleep 1
  waited=$((waited + 1))
done
