# Removes event logs.
# In: ROOT (a leading ~/ is the home folder), LOGS (a line each, checked by whoever asks).
set -eu
case $ROOT in
  "~/"*) ROOT=$HOME/${ROOT#"~/"} ;;
esac
cd "$ROOT/eventlog"
set -f
for log in $LOGS; do
  case $log in
    .* | */*) exit 1 ;;
  esac
  rm -rf "./$log"
done
