# Finding what ./huddle runs: PRODUCT, the folder of huddle.jar and lib/, and AOT, the start-up archive for this JDK.
# Sourced; POSIX sh. Where nothing changed since the last start, `find` is all that it runs.

# One collector thread, no file in /tmp, no word of the JVM's own on standard output. Both compilers stay on: with the
# quick one alone, decrypting and digesting one Spark archive takes 15 s more.
JVM_FLAGS='-XX:+UseSerialGC -XX:-UsePerfData -XX:+DisplayVMOutputToStderr -Xlog:disable -Dstdout.encoding=UTF-8 -Dstderr.encoding=UTF-8'

# Whether the jar in folder $1 is newer than all that it is made from. A jar's time is when its build began.
is_current() {
  [ -f "$1/huddle.jar" ] &&
    [ -z "$(find "$HUDDLE_HOME/src/main" "$HUDDLE_HOME/pom.xml" -newer "$1/huddle.jar" 2>/dev/null)" ]
}

find_product() {
  PRODUCT=$HUDDLE_HOME/target
  if [ ! -d "$HUDDLE_HOME/src" ]; then
    [ -f "$PRODUCT/huddle.jar" ] || die "$HUDDLE_HOME holds neither Huddle's sources nor its jar; clone or unpack it again."
  elif ! is_current "$PRODUCT"; then
    choose_product
    is_current "$PRODUCT" || {
      . "$HUDDLE_HOME/launch/build.sh"
      build
    }
  fi
  AOT=$PRODUCT/huddle-${JDK##*/}-$JDK_VERSION.aot
  [ -e "$AOT" ] || [ ! -w "$PRODUCT" ] || {
    . "$HUDDLE_HOME/launch/build.sh"
    train
  }
}

# A checkout that may not be written is built in the cache.
choose_product() {
  PRODUCT=$HUDDLE_HOME/target
  if [ -e "$PRODUCT" ]; then [ -w "$PRODUCT" ]; else [ -w "$HUDDLE_HOME" ]; fi ||
    PRODUCT=$CACHE/build-$(printf '%s' "$HUDDLE_HOME" | cksum | cut -d ' ' -f 1)
}
