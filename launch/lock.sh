# One builder at a time. The lock is a symbolic link whose target says who holds it, so it appears with its holder's
# name in one step; a holder that is gone holds nothing. Sourced; POSIX sh.

# Prints what tells process $1 from a later one with the same number; fails if there is none.
process_mark() {
  if [ -r /proc/self/stat ]; then
    { IFS= read -r stat <"/proc/$1/stat"; } 2>/dev/null || return 1
    # After the name in brackets, which may hold anything: state is field 3, start time field 22.
    # shellcheck disable=SC2086
    set -- "$1" ${stat##*) }
    shift 20
    printf '%s\n' "$1"
  else
    kill -0 "$1" 2>/dev/null && echo 0
  fi
}

# lock FILE: waits until this process holds it.
lock() {
  told=
  until ln -s "$$:$(process_mark $$)" "$1" 2>/dev/null; do
    [ -L "$1" ] || [ -w "${1%/*}" ] || die "${1%/*} cannot be written."
    holder=$(readlink "$1") || continue
    if [ "$(process_mark "${holder%%:*}")" = "${holder#*:}" ]; then
      [ -n "$told" ] || say "another build is under way (process ${holder%%:*}); waiting for it"
      told=yes
      sleep 1
    else
      # Moved aside first: of two that find it abandoned, only one moves it.
      mv "$1" "$1.$$" 2>/dev/null && rm -f "$1.$$"
    fi
  done
}

unlock() { rm -f "$1"; }
