# Prints the last lines of a daemon's log, and goes on if asked until standard input ends.
# In: ROOT (a leading ~/ is the home folder), ROLE, LINES, FOLLOW.
case $ROOT in
  "~/"*) ROOT=$HOME/${ROOT#"~/"} ;;
esac
log=$ROOT/logs/$ROLE.log
if [ ! -f "$log" ]; then
  echo "no log: the $ROLE was never started here" >&2
  exit 1
fi
if [ -z "$FOLLOW" ]; then
  exec tail -n "$LINES" "$log"
fi
tail -n "$LINES" -F "$log" 2>/dev/null &
cat >/dev/null
kill $!
