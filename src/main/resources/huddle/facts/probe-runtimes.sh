# Probe, part 2: every Java and Python as a non-interactive shell sees them.

# $path_folders: the PATH that was found, each real folder once; managers' shims are left out, what they choose from is
# looked at instead: a shim costs a dozen processes and depends on the folder it runs in.
path_folders() {
  path_folders=
  real_folders=$newline
  rest=$found_path:
  while [ -n "$rest" ]; do
    folder=${rest%%:*}
    rest=${rest#*:}
    case $folder in */shims | */shims/ | [!/]*) continue ;; esac
    physical "${folder:-/nowhere}" || continue
    case $real_folders in *"$newline$here$newline"*) continue ;; esac
    real_folders=$real_folders$here$newline
    path_folders=$path_folders$folder$newline
  done
}

# $version and $vector (yes, no or empty: unknown) of a Java home, from its release file.
release() {
  version='' vector=''
  [ -f "$1/release" ] && [ -r "$1/release" ] || return
  lines=0
  while [ $((lines += 1)) -le 100 ] && { read -r line || [ -n "$line" ]; }; do
    case $line in
      JAVA_VERSION=*)
        version=${line#*=}
        version=${version#\"}
        version=${version%\"}
        ;;
      MODULES=*)
        vector=no
        case $line in *[\"\ ]jdk.incubator.vector[\"\ ]*) vector=yes ;; esac
        ;;
    esac
    [ -z "$version" ] || [ -z "$vector" ] || break
  done <"$1/release"
}

# $answer: what a Java says of itself. It writes no performance data.
ask_java() {
  answer=
  { [ "$asked" -lt 4 ] && [ "$hung" -lt 2 ]; } || return
  asked=$((asked + 1))
  java=$1/bin/java
  shift
  answer=$($bound "$java" -XX:-UsePerfData "$@" 2>&1)
  note_hang $?
}

java_homes=$newline
asked=0
java_at() {
  { [ -f "$1/bin/java" ] && [ -x "$1/bin/java" ] && physical "$1"; } || return
  java_home=$here
  # Java 8 has its own runtime within.
  case $java_home in */jre) [ ! -x "${java_home%/jre}/bin/java" ] || java_home=${java_home%/jre} ;; esac
  case $java_homes in *"$newline$java_home$newline"*) return ;; esac
  java_homes=$java_homes$java_home$newline
  release "$java_home"
  if [ -z "$version" ]; then
    ask_java "$java_home" -XshowSettings:properties -version
    told_home='' told_version=''
    rest=$answer$newline
    while [ -n "$rest" ] && [ ${#rest} -le 65536 ]; do
      line=${rest%%"$newline"*}
      rest=${rest#*"$newline"}
      case $line in
        *" java.home = "*) told_home=${line#* = } ;;
        *" java.version = "*) told_version=${line#* = } ;;
      esac
    done
    if [ -n "$told_home" ] && physical "$told_home" && [ "$here" != "$java_home" ]; then
      # It was a wrapper around another one.
      case $java_homes in *"$newline$here$newline"*) return ;; esac
      java_home=$here
      java_homes=$java_homes$java_home$newline
      release "$java_home"
    fi
    version=${version:-$told_version}
  fi
  [ -n "$version" ] || return
  if [ -z "$vector" ]; then
    vector=no
    case $version in
      1.*) ;;
      *)
        if [ -f "$java_home/jmods/jdk.incubator.vector.jmod" ]; then
          vector=yes
        else
          ask_java "$java_home" --list-modules
          case $answer in *jdk.incubator.vector*) vector=yes ;; esac
        fi
        ;;
    esac
  fi
  bundled=no
  case $java_home in "$real_root"/*) bundled=yes ;; esac
  say java "$java_home" "$version" "$vector" "$bundled"
}

javas() {
  rest_folders=$path_folders
  while [ -n "$rest_folders" ]; do
    folder=${rest_folders%%"$newline"*}
    rest_folders=${rest_folders#*"$newline"}
    [ -f "$folder/java" ] && [ -x "$folder/java" ] || continue
    program=$(readlink -f "$folder/java") || program=$folder/java
    java_at "${program%/bin/java}"
  done
  [ -z "$JAVA_HOME" ] || java_at "$JAVA_HOME"
  for candidate in "$SYSROOT"/usr/lib/jvm/* "$SYSROOT"/usr/java/* "$SYSROOT"/opt/*jdk* "$SYSROOT"/opt/*jre* \
    "$SYSROOT"/opt/java/* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* \
    "$HOME"/.local/share/mise/installs/java/* "$HOME"/.asdf/installs/java/*; do
    java_at "$candidate"
  done
  for candidate in "$root"/java-*; do
    case $candidate in *.part) continue ;; esac
    [ ! -f "$candidate/.huddle" ] || java_at "$candidate"
  done
}

# Only CPython counts, asked in isolation and without writing byte code.
tried_pythons=
python_runs=0
python_at() {
  { [ -f "$1" ] && [ -x "$1" ] && [ "$python_runs" -lt 24 ] && [ "$hung" -lt 2 ]; } || return
  case $1 in *"$newline"*) return ;; esac
  rest=$tried_pythons
  while [ -n "$rest" ]; do
    [ ! "${rest%%"$newline"*}" -ef "$1" ] || return
    rest=${rest#*"$newline"}
  done
  tried_pythons=$tried_pythons$1$newline
  python_runs=$((python_runs + 1))
  version=$($bound "$1" -BIS -c \
    'import sys;sys.implementation.name=="cpython" and print("%d.%d.%d"%sys.version_info[:3])')
  note_hang $?
  case $version in
    '' | *[!0-9.]*) ;;
    *) say python "$1" "$version" ;;
  esac
}

pythons_in() {
  for candidate in "$1"/python3 "$1"/python3.[0-9] "$1"/python3.[0-9][0-9]; do
    python_at "$candidate"
  done
}

pythons() {
  rest_folders=$path_folders
  while [ -n "$rest_folders" ]; do
    pythons_in "${rest_folders%%"$newline"*}"
    rest_folders=${rest_folders#*"$newline"}
  done
  for place in "$SYSROOT"/usr/bin "$SYSROOT"/usr/local/bin "$HOME"/.local/bin \
    "$HOME"/.pyenv/versions/*/bin "$HOME"/.asdf/installs/python/*/bin "$HOME"/.local/share/mise/installs/python/*/bin \
    "$HOME"/.local/share/uv/python/*/bin; do
    pythons_in "$place"
  done
  for candidate in "$SYSROOT"/opt/*/bin/python3; do
    python_at "$candidate"
  done
}
