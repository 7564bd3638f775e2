# Prints size and path of every file of event logs, a line each, after removing what is too old.
# In: ROOT (a leading ~/ is the home folder), DAYS (0: nothing is too old).
set -eu
case $ROOT in
  "~/"*) ROOT=$HOME/${ROOT#"~/"} ;;
esac
cd "$ROOT/eventlog" 2>/dev/null || exit 0
if [ "$DAYS" -gt 0 ]; then
  find . ! -name . -prune -mtime +"$DAYS" | while IFS= read -r log; do
    # One that is written to may look old: what has not filled a file yet changes no folder.
    set -- "$log"/*.inprogress
    case $log in *.inprogress) set -- "$log" ;; esac
    [ -e "$1" ] || rm -rf "$log"
  done
fi
# What a run left that was cut off while it received.
find . ! -name . -prune -name '.incoming-*' -mtime +0 -exec rm -rf {} +
find . -type f ! -path './.*' -exec wc -c {} +
