# Prelude: put PATH MODE TEXT writes one file below the root, whole or not at all. A secret is never an argument of a
# process: put and printf are the shell's own.
# In: ROOT.
set -eu
umask 077
put() {
  target=$ROOT/$1
  mkdir -p "${target%/*}"
  printf '%s' "$3" >"$target.part"
  chmod "$2" "$target.part"
  mv -f "$target.part" "$target"
}
