# What the build needs from the system, installed with apt where that is allowed without asking for a password.
# Sourced; POSIX sh.

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

may_apt() {
  has apt-get && { [ "$(id -u)" = 0 ] || { has sudo && sudo -n true 2>/dev/null; }; }
}

apt_now() {
  # Waits for another apt, such as a fresh machine's first upgrade, instead of failing at once.
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -y -o DPkg::Lock::Timeout=300 "$@"
}

apt_run() {
  set -- install --no-install-recommends "$@"
  # With old package lists the files they name may be gone: read the lists again before giving up.
  case $(ls /var/lib/apt/lists 2>/dev/null) in
  *_Packages*) apt_now "$@" || { apt_now update && apt_now "$@"; } ;;
  *) apt_now update && apt_now "$@" ;;
  esac
}

# apt_install PACKAGE...: fails where apt may not be used, or could not do it.
apt_install() {
  may_apt || return 1
  mkdir -p "$CACHE"
  step "installing $* with apt" "$CACHE/apt.log" apt_run "$@" || {
    say "apt could not install $*; its output is in $CACHE/apt.log"
    return 1
  }
  say "installed $* with apt in $took s"
}

# Maven to build with, and at the same time pip, which Huddle asks later for the Python index to use.
need_maven() {
  wanted=
  has mvn || wanted=maven
  has uv || has pip3 || python3 -m pip --version >/dev/null 2>&1 || wanted="$wanted python3 python3-pip"
  # Words of our own, to be split.
  # shellcheck disable=SC2086
  [ -z "$wanted" ] || apt_install $wanted || :
  has mvn || die "Maven 3.6.3 or newer is needed to build Huddle; install it (sudo apt-get install maven) and start again."
}
