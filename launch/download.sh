# Getting a JDK where the machine has none: Eclipse Temurin through the Adoptium API, checked before it is unpacked.
# Sourced; POSIX sh. HUDDLE_ADOPTIUM names a mirror of that API.

no_jdk() {
  die "there is no JDK $JDK_NEEDED on this machine and $1; install one (for example Temurin $JDK_NEEDED from https://adoptium.net) and set JAVA_HOME to it."
}

# fetch URL FILE: with whatever can, a proxy and certificates as that program is set up for. A transfer that stands
# still for a minute has failed.
fetch() {
  if has curl; then
    bar=-sS
    [ ! -t 2 ] || bar='-#'
    curl -fL "$bar" --retry 2 --connect-timeout 20 --speed-limit 1 --speed-time 60 -o "$2" "$1"
  elif has wget; then
    wget -q -T 60 -O "$2" "$1"
  else
    python3 -c 'import shutil, sys, urllib.request
with urllib.request.urlopen(sys.argv[1], timeout=60) as answer, open(sys.argv[2], "wb") as file:
    shutil.copyfileobj(answer, file)' "$1" "$2"
  fi
}

sha256_of() {
  if has sha256sum; then sha256sum <"$1"; else shasum -a 256 <"$1"; fi | cut -d ' ' -f 1
}

# The API's word for this machine, as os/arch.
adoptium_platform() {
  case $(uname -m) in
  x86_64 | amd64) arch=x64 ;;
  aarch64 | arm64) arch=aarch64 ;;
  *) return 1 ;;
  esac
  os=linux
  set -- /lib/ld-musl-*
  [ ! -e "$1" ] || os=alpine-linux
  [ "$(uname -s)" = Linux ] || return 1
}

# Sets JDK to a fresh copy under $CACHE/jdk, or ends. A copy appears whole, under its final name, or not at all.
download_jdk() {
  adoptium_platform || no_jdk "none is offered for $(uname -s) on $(uname -m)"
  has curl || has wget || has python3 || {
    . "$HUDDLE_HOME/launch/step.sh"
    . "$HUDDLE_HOME/launch/packages.sh"
    apt_install curl ca-certificates
  } || no_jdk "neither curl, wget nor python3 is there to download one"
  base=${HUDDLE_ADOPTIUM:-https://api.adoptium.net}
  base=${base%/}
  mkdir -p "$CACHE/jdk" || no_jdk "$CACHE cannot be written"
  fresh=$(mktemp -d "$CACHE/jdk/.new.XXXXXX") || no_jdk "$CACHE cannot be written"
  trap 'rm -rf "$fresh"' EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM HUP
  say "no JDK $JDK_NEEDED here; downloading Temurin $JDK_NEEDED (about 200 MB) from $base"
  fetch "$base/v3/assets/latest/$JDK_NEEDED/hotspot?architecture=$arch&image_type=jdk&os=$os&vendor=eclipse" "$fresh/assets" ||
    no_jdk "Temurin's checksum could not be downloaded from $base"
  # shellcheck disable=SC2020
  expected=$(tr ',{}' '\n\n\n' <"$fresh/assets" | sed -n 's/.*"checksum" *: *"\([0-9a-f]\{64\}\)".*/\1/p' | head -n 1)
  [ -n "$expected" ] || no_jdk "$base names no checksum of Temurin for $os on $arch"
  fetch "$base/v3/binary/latest/$JDK_NEEDED/ga/$os/$arch/jdk/hotspot/normal/eclipse" "$fresh/archive" ||
    no_jdk "Temurin could not be downloaded from $base"
  actual=$(sha256_of "$fresh/archive")
  [ "$actual" = "$expected" ] ||
    no_jdk "the copy of Temurin from $base is not what its checksum says ($actual instead of $expected), so it was thrown away"
  mkdir "$fresh/jdk"
  tar -xzf "$fresh/archive" -C "$fresh/jdk" --strip-components=1 || no_jdk "Temurin could not be unpacked into $CACHE"
  is_jdk "$fresh/jdk" || no_jdk "what $base gave as Temurin is not a JDK $JDK_NEEDED"
  JDK=$CACHE/jdk/temurin-$JDK_VERSION
  # Whoever came first has put the same bytes there.
  is_jdk "$JDK" || { rm -rf "$JDK" && mv "$fresh/jdk" "$JDK"; } || no_jdk "$JDK could not be written"
  rm -rf "$fresh"
  trap - EXIT INT TERM HUP
  say "Temurin $JDK_VERSION is in $JDK"
}
