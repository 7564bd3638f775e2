# One long step with its output in a log and a sign of life on standard error. Sourced; POSIX sh.

worker=''
ticker=''

# Ends what a step started; for traps.
end_step() {
  [ -z "$worker" ] || { kill "$worker" && wait "$worker"; } 2>/dev/null || :
  if [ -n "$ticker" ]; then
    { kill "$ticker" && wait "$ticker"; } 2>/dev/null || :
    printf '\r\033[K' >&2
  fi
  worker=''
  ticker=''
}

is_live() { [ -t 2 ] && [ "${TERM:-dumb}" != dumb ]; }

# step WORDS LOG COMMAND...: runs the command without input; its exit code, and in `took` its seconds. On a terminal one
# line that counts seconds and vanishes at the end, else a line before.
step() {
  words=$1 log=$2
  shift 2
  began=$(date +%s)
  : >"$log" || die "$log cannot be written."
  # In the background, because only then a signal is heeded at once.
  "$@" >"$log" 2>&1 </dev/null &
  worker=$!
  if is_live; then
    tick &
    ticker=$!
  else
    say "$words (log: $log)"
  fi
  code=0
  wait "$worker" || code=$?
  worker=''
  end_step
  took=$(($(date +%s) - began))
  return "$code"
}

tick() {
  while :; do
    printf '\r\033[K%s' "huddle: $words: $(maven_stage)$(($(date +%s) - began)) s" >&2
    # Outlives this loop when that is ended, so it must hold no stream open.
    sleep 1 >/dev/null 2>&1
  done
}

# What Maven is at, from its log.
maven_stage() {
  sed -n -e 's/^\(\[INFO\] \)\{0,1\}Downloading from.*/fetching libraries, /p' \
    -e 's/^\[INFO\] --- .*:compile .*/compiling, /p' -e 's/^\[INFO\] --- .*:jar .*/packing, /p' "$log" | tail -n 1
}
