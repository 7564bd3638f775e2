# Finding a JDK to run and build on. Sourced; POSIX sh. Sets JDK and JDK_VERSION. Starts no program unless it has to
# look further than HUDDLE_JAVA_HOME, JAVA_HOME and what it found last time.

JDK_NEEDED=25

# Java reads file names and arguments by the locale; without one it could read only ASCII.
case ${LC_ALL:-${LC_CTYPE:-${LANG:-}}} in
'' | C | POSIX)
  export LC_CTYPE=C.UTF-8
  [ -z "${LC_ALL:-}" ] || export LC_ALL=C.UTF-8
  ;;
esac

# Whether $1 is the home of a JDK that is new enough; sets JDK_VERSION if so. A runtime without javac is none.
is_jdk() {
  [ -n "$1" ] && [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
  while IFS='=' read -r key value || [ -n "$key" ]; do
    if [ "$key" = JAVA_VERSION ]; then
      value=${value#\"}
      value=${value%%\"*}
      major=${value%%[!0-9]*}
      [ "${major:-0}" -ge "$JDK_NEEDED" ] || return 1
      JDK_VERSION=$value
      return 0
    fi
  done <"$1/release"
  return 1
}

# Takes the first of the given folders that is such a JDK.
take_jdk() {
  for candidate in "$@"; do
    if is_jdk "$candidate"; then
      JDK=${candidate%/}
      return 0
    fi
  done
  return 1
}

# The home that the `java` on PATH belongs to, behind all symlinks; empty for none and for managers' shims.
jdk_on_path() {
  java=$(command -v java) && java=$(readlink -f -- "$java") || return 0
  case $java in
  */bin/java) printf '%s\n' "${java%/bin/java}" ;;
  esac
}

search_jdk() {
  take_jdk "$(jdk_on_path)" \
    /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /opt/*jdk* /opt/java/* \
    "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* "$HOME"/.local/share/mise/installs/java/* \
    "$HOME"/.asdf/installs/java/* "$HOME"/.jbang/cache/jdks/* "$HOME"/.gradle/jdks/* \
    "$HOME"/.cache/coursier/jvm/* /home/linuxbrew/.linuxbrew/opt/openjdk*/libexec \
    /Library/Java/JavaVirtualMachines/*/Contents/Home \
    "$CACHE"/jdk/*
}

# Sets JDK, or says why there is none and ends.
find_jdk() {
  if [ -n "${HUDDLE_JAVA_HOME:-}" ]; then
    take_jdk "$HUDDLE_JAVA_HOME" && return
    die "HUDDLE_JAVA_HOME ($HUDDLE_JAVA_HOME) is not a JDK $JDK_NEEDED or newer; correct it or unset it."
  fi
  remembered=
  [ ! -r "$CACHE/jdk.home" ] || IFS= read -r remembered <"$CACHE/jdk.home" || :
  take_jdk "${JAVA_HOME:-}" "$remembered" && return
  if ! search_jdk; then
    . "$HUDDLE_HOME/launch/download.sh"
    download_jdk
  fi
  # Only a short cut for the next start: nothing is wrong where it cannot be written.
  { mkdir -p "$CACHE" && printf '%s\n' "$JDK" >"$CACHE/jdk.home"; } 2>/dev/null || :
}
