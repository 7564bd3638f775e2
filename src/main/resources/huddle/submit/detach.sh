# Starts a driver that outlives this connection; its output goes to a log.
# In: ROOT, ID, PROGRAM (the script that runs it).
set -eu
umask 077
folder=$ROOT/run/submit-$ID
mkdir -p "$ROOT/logs"
printf '%s\n' "$PROGRAM" >"$folder/run.sh"
setsid nohup sh "$folder/run.sh" >"$ROOT/logs/driver-$ID.log" 2>&1 </dev/null &
