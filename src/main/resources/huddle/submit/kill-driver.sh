# Ends a driver with all that it started; what runs it then clears away.
# In: ROOT, ID.
set -u
record=$ROOT/run/driver-$ID
driver= start=
while IFS='=' read -r key value; do
  case $key in
    pid) driver=$value ;;
    start) start=$value ;;
  esac
done 2>/dev/null <"$record"
case $driver in
  '' | *[!0-9]*)
    echo "it has ended meanwhile" >&2
    exit 3
    ;;
esac
alive() {
  read -r stat 2>/dev/null <"/proc/$driver/stat" || return 1
  set -- ${stat##*) }
  [ "$1" != Z ] && [ "${20}" = "$start" ]
}
if alive; then
  end_session
fi
tries=0
while [ -f "$record" ] && [ "$tries" -lt 40 ]; do
  sleep 0.25 2>/dev/null || sleep 1
  tries=$((tries + 1))
done
# What ran it is gone as well.
[ ! -f "$record" ] || rm -rf "$record" "$ROOT/run/submit-$ID"
