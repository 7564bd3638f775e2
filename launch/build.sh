# Building Huddle with Maven into PRODUCT, and its start-up archive. Sourced; POSIX sh.

. "$HUDDLE_HOME/launch/lock.sh"
. "$HUDDLE_HOME/launch/step.sh"
. "$HUDDLE_HOME/launch/packages.sh"

guarded() {
  trap 'clean_up' EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM HUP
}

unguarded() { trap - EXIT INT TERM HUP; }

clean_up() {
  end_step
  [ -z "${held:-}" ] || unlock "$held"
  held=
}

# maven ARGUMENT...: becomes Maven on the JDK found, with the operator's repository if there is one, else with one in
# the cache.
maven() {
  export JAVA_HOME="$JDK"
  [ -d "$HOME/.m2/repository" ] || set -- "-Dmaven.repo.local=$CACHE/m2" "$@"
  exec mvn -B -Dstyle.color=never -f "$HUDDLE_HOME/pom.xml" "$@"
}

# What Maven says, without colours and without its advice on running it again.
maven_words() {
  sed -e "s/$(printf '\033')\[[0-9;]*m//g" -e '/^$/d' -e '/^\[ERROR\] *$/d' \
    -e '/^\[ERROR\] \(Re-run Maven\|To see the full\|For more inform\|\[Help\|-> \[Help\)/d'
}

# Brings PRODUCT up to date. The jar is moved to its place as the last thing: what is half built never counts.
build() {
  mkdir -p "$PRODUCT/launcher" 2>/dev/null || die "$PRODUCT cannot be written."
  guarded
  lock "$PRODUCT/build.lock"
  held=$PRODUCT/build.lock
  if ! is_current "$PRODUCT"; then
    need_maven
    touch "$PRODUCT/launcher/began"
    words='building Huddle'
    [ -f "$PRODUCT/huddle.jar" ] || words="$words, once"
    step "$words" "$PRODUCT/build.log" maven -Dhuddle.launcher package \
      "-Dhuddle.target=$PRODUCT/launcher" "-Dhuddle.lib=$PRODUCT/lib" || build_failed
    [ -f "$PRODUCT/launcher/huddle.jar" ] || build_failed
    put_jar "$PRODUCT/launcher"
    say "built in $took s"
  fi
  clean_up
  unguarded
}

# Moves the jar made in folder $1 to its place, dated with the begin of its build: what was edited since is newer.
put_jar() {
  touch -r "$1/began" "$1/huddle.jar"
  rm -f "$PRODUCT"/huddle-*.aot
  mv -f "$1/huddle.jar" "$PRODUCT/huddle.jar"
}

build_failed() {
  { grep -F '[ERROR]' "$PRODUCT/build.log" || tail -n 15 "$PRODUCT/build.log"; } | maven_words | head -n 15 >&2
  die "the build failed; all of its output is in $PRODUCT/build.log"
}

# Makes the AOT cache of a start (JEP 514), so that later ones load and link fewer classes. Going without is no error:
# an empty file then says that it was tried.
train() {
  guarded
  fresh=$PRODUCT/aot.$$
  # Only the quick compiler: it records no profiles, which would make every start compile what it hardly runs.
  set -- "-XX:AOTCacheOutput=$fresh" -XX:TieredStopAtLevel=1 -cp "$PRODUCT/huddle.jar" huddle.Main --help
  # The flags are words of our own, to be split.
  # shellcheck disable=SC2086
  if is_live; then
    step 'preparing quick starts' "$PRODUCT/aot.log" "$JDK/bin/java" $JVM_FLAGS "$@" || :
  else
    "$JDK/bin/java" $JVM_FLAGS "$@" >"$PRODUCT/aot.log" 2>&1 </dev/null || :
  fi
  [ -s "$fresh" ] || : >"$fresh"
  mv -f "$fresh" "$AOT"
  rm -f "$fresh".*
  unguarded
}
