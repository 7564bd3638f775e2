# What the launcher says, and where it may write. Sourced first by ./huddle and ./check; POSIX sh.

say() { printf 'huddle: %s\n' "$*" >&2; }

die() {
  say "$*"
  exit 1
}

# Whether a command exists, without starting it.
has() { command -v "$1" >/dev/null 2>&1; }

# The folder for what can be made again: $XDG_CACHE_HOME/huddle. Its rules are XDG's: a relative path counts as none.
[ -n "${HOME:-}" ] || HOME=$(eval "cd ~$(id -un)" && pwd) || die "HOME is not set; set it to your home folder."
# shellcheck disable=SC2034
case ${XDG_CACHE_HOME:-} in
/*) CACHE=$XDG_CACHE_HOME/huddle ;;
*) CACHE=$HOME/.cache/huddle ;;
esac
