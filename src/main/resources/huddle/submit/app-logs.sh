# Prints what an Application wrote on this host, each part behind a line `F PLACE STREAM BYTES`; goes on as it grows until
# standard input ends, if asked.
# In: ROOT (a leading ~/ is the home folder), APP (its id, or empty), DRIVER (Huddle's id of its driver, or empty), LINES, FOLLOW.
case $ROOT in
  "~/"*) ROOT=$HOME/${ROOT#"~/"} ;;
esac
seen=
number=0

# part PLACE STREAM FILE: what it has grown by; the last LINES the first time.
part() {
  [ -f "$3" ] || return 0
  key="$1-$2"
  size=$(wc -c <"$3")
  from=
  for entry in $seen; do
    [ "${entry%%=*}" = "$key" ] && from=${entry#*=}
  done
  if [ -z "$from" ]; then
    if [ -n "$LATER" ]; then
      from=0
    else
      from=$((size - $(head -c "$size" "$3" | tail -n "$LINES" | wc -c)))
    fi
  fi
  # It begins anew, as after a restart.
  [ "$from" -le "$size" ] || from=0
  count=$((size - from))
  if [ "$count" -gt 0 ]; then
    echo "F $1 $2 $count"
    tail -c +$((from + 1)) "$3" | head -c "$count"
  fi
  others=
  for entry in $seen; do
    [ "${entry%%=*}" = "$key" ] || others="$others $entry"
  done
  seen="$others $key=$size"
}

pass() {
  [ -z "$DRIVER" ] || part driver output "$ROOT/logs/driver-$DRIVER.log"
  if [ -n "$APP" ]; then
    for executor in "$ROOT/work/$APP"/*; do
      place=${executor##*/}
      case $place in *[!0-9]*) continue ;; esac
      part "$place" stdout "$executor/stdout"
      part "$place" stderr "$executor/stderr"
    done
  fi
}

LATER=
pass
[ -n "$FOLLOW" ] || exit 0
# An executor that starts from now on is shown from its first line.
LATER=yes
me=$$
# What runs in the background has no standard input but this.
exec 3<&0
{
  cat >/dev/null
  kill "$me"
} <&3 >/dev/null 2>&1 &
exec 3<&-
while :; do
  sleep 1
  pass
done
