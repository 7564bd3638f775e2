# Holds the cluster's lock for as long as standard input is open, so that it goes with its holder.
# Reads: root, the cluster's folder; me, one line that says who holds it and is unlike any other;
# stale, minutes without a beat after which a lock is nobody's; patience, how many seconds to wait for
# a lock that may be about to go. Each line of standard input is a beat.
# Prints one line: held, held<TAB>who had let it lie, busy<TAB>who holds it, or foreign<TAB>what is in a folder that is not
# Huddle's.
set -f
case $root in
  "~/"*) root=$HOME/${root#"~/"} ;;
  /*) ;;
  *) root=$PWD/$root ;;
esac
lock=$root/lock
newline='
'

is_stale() {
  beat=$lock/beat
  [ -e "$beat" ] || beat=$lock
  [ -n "$(find "$beat" -prune -mmin +"$stale" 2>/dev/null)" ]
}

release() {
  trap - EXIT
  if IFS= read -r now <"$lock/owner" && [ "$now" = "$me" ]; then
    rm -rf "$lock"
  fi 2>/dev/null
  # What was made for the lock alone goes with it; rmdir leaves what has been filled since.
  IFS=$newline
  for dir in $made; do
    rmdir "$dir" 2>/dev/null || break
  done
  # destroy has removed the root: nothing of Huddle's stays behind.
  case ${root%/*} in
    */.huddle) [ -d "$root" ] || rmdir "${root%/*}" 2>/dev/null ;;
  esac
  exit 0
}

if [ -d "$root" ] && [ ! -f "$root/.huddle-root" ]; then
  # Not even a lock is put among what is not Huddle's.
  others=$(ls -A "$root" | grep -v -e '^lock$' -e '^\.huddle-root\.part$' | head -n 3 | tr '\n\t' '  ')
  if [ -n "$others" ]; then
    printf 'foreign\t%s\n' "${others% }"
    exit 0
  fi
fi

made=
dir=$root
while [ -n "$dir" ] && [ ! -d "$dir" ]; do
  made=$made$dir$newline
  dir=${dir%/*}
done
mkdir -p "$root" || exit 1

previous=
tries=0
until mkdir "$lock" 2>/dev/null; do
  if [ ! -d "$lock" ]; then
    # Not held: it cannot be made, or its holder has just removed it and perhaps the root.
    mkdir -p "$root" && mkdir "$lock" && break
    [ $tries -gt 0 ] && exit 1
  elif is_stale; then
    # Only one can make the folder, and it looks again: the lock may have been taken over since.
    if mkdir "$lock/takeover" 2>/dev/null; then
      if [ ! -e "$lock/beat" ] || is_stale; then
        IFS= read -r previous 2>/dev/null <"$lock/owner"
        previous="	$previous"
        break
      fi
      rmdir "$lock/takeover"
    elif [ -n "$(find "$lock/takeover" -prune -mmin +"$stale" 2>/dev/null)" ]; then
      rmdir "$lock/takeover" 2>/dev/null
    fi
  fi
  tries=$((tries + 1))
  if [ "$tries" -gt "$patience" ]; then
    owner=
    IFS= read -r owner 2>/dev/null <"$lock/owner"
    printf 'busy\t%s\n' "$owner"
    exit 0
  fi
  sleep 1
done

trap release EXIT
trap 'exit 1' HUP INT TERM
{ echo >"$lock/beat" && printf '%s\n' "$me" >"$lock/owner"; } || {
  rm -rf "$lock"
  exit 1
}
rmdir "$lock/takeover" 2>/dev/null
printf 'held%s\n' "$previous"

while read -r _; do
  if IFS= read -r now <"$lock/owner" && [ "$now" != "$me" ]; then
    # It was let lie too long (the operator's machine slept) and is another's now.
    exit 3
  fi
  echo >"$lock/beat"
done 2>/dev/null
release
