# Prelude: put PATH MODE TEXT writes one file below the root, whole or not at all; put_bytes takes octal escapes. A
# secret is never an argument of a process: put and printf are the shell's own.
# In: ROOT.
set -eu
umask 077
put() {
  write '%s' "$@"
}

put_bytes() {
  write '%b' "$@"
}

# forget_other SECRET: another one goes before the first file is written and the new one comes after the last, so that
# files cut off between the two are never taken for whole.
forget_other() {
  there=
  [ ! -f "$ROOT/conf/secret" ] || IFS= read -r there <"$ROOT/conf/secret" || :
  [ "$there" = "$1" ] || rm -f "$ROOT/conf/secret"
}

# write FORMAT PATH MODE TEXT
write() {
  target=$ROOT/$2
  mkdir -p "${target%/*}"
  # shellcheck disable=SC2059
  printf "$1" "$4" >"$target.part"
  chmod "$3" "$target.part"
  mv -f "$target.part" "$target"
}
