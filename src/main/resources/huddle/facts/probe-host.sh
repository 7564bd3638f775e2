# Probe, part 1: the machine. Functions print lines `key<TAB>value…` and start as few processes as they can.
# In: ROOT and DIRS as in the file, PATIENCE (seconds for a program that hangs), SYSROOT (empty on a real host; a tree
# that stands for one in tests).
LC_ALL=C
export LC_ALL
unset CDPATH GREP_OPTIONS
found_path=$PATH
PATH=$PATH:/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin
newline='
'

# One line. Values with control characters would break it: such a line is left out, as are overlong ones.
say() {
  for value; do
    case $value in *[[:cntrl:]]*) return ;; esac
    [ ${#value} -le 4096 ] || return
  done
  printf '%s' "$1"
  shift
  printf '\t%s' "$@"
  printf '\n'
}

# $bound goes before a program that may hang; after two that did, none is started any more.
bound=
if command -v timeout >/dev/null; then bound="timeout -s KILL $PATIENCE"; fi
hung=0
note_hang() {
  if [ "$1" -eq 137 ]; then hung=$((hung + 1)); fi
}

# $here: the folder with links resolved. Costs no process.
physical() {
  cd -P "$1/." && here=$PWD
}

# $path: a folder as in the file, made absolute.
absolute() {
  case $1 in
    '~') path=$HOME ;;
    '~/'*) path=${HOME%/}/${1#??} ;;
    /*) path=$1 ;;
    *) path=${HOME%/}/$1 ;;
  esac
  while :; do
    case $path in
      ?*/) path=${path%/} ;;
      *) break ;;
    esac
  done
}

clock() {
  printf '%s\t' "$1"
  date '+%s %N'
}

login() {
  me=$(id -un)
  if [ -z "$SHELL" ] || [ -z "$HOME" ]; then
    while IFS=: read -r name _ _ _ _ home shell; do
      if [ "$name" = "$me" ]; then
        SHELL=${SHELL:-$shell} HOME=${HOME:-$home}
        break
      fi
    done <"$SYSROOT/etc/passwd"
  fi
  say user "$me"
  say home "$HOME"
  say shell "$SHELL"
  set -f
  # shellcheck disable=SC2086
  set -- $SSH_CONNECTION
  set +f
  [ -z "$3" ] || say reachedAt "$3"
  printf 'openFiles\t'
  ulimit -Hn
}

names() {
  set -f
  # shellcheck disable=SC2046
  set -- $(uname -nm)
  host_name=$1
  say hostName "$1"
  say arch "$2"
  resolved=
  # shellcheck disable=SC2046
  set -- $($bound getent ahostsv4 "$host_name")
  set +f
  for word; do
    case $word in
      *[!0-9.]*) ;;
      *.*.*.*) say resolves "$word" && resolved=1 ;;
    esac
  done
  [ -z "$resolved" ] && [ -r "$SYSROOT/etc/hosts" ] || return
  while read -r address aliases; do
    case " ${aliases%%#*} " in
      *[[:space:]]"$host_name"[[:space:]]*)
        case $address in *[!0-9.]*) ;; *) say resolves "$address" ;; esac ;;
    esac
  done <"$SYSROOT/etc/hosts"
}

system() {
  os=
  for release in "$SYSROOT/etc/os-release" "$SYSROOT/usr/lib/os-release"; do
    [ -z "$os" ] && [ -r "$release" ] || continue
    while read -r line || [ -n "$line" ]; do
      case $line in PRETTY_NAME=*) os=${line#*=} && break ;; esac
    done <"$release"
  done
  os=${os#[\"\']}
  os=${os%[\"\']}
  say os "${os:-$(uname -sr)}"
  libc=$(getconf GNU_LIBC_VERSION)
  if [ -z "$libc" ]; then
    for loader in "$SYSROOT"/lib/ld-musl-*.so.1; do
      [ -x "$loader" ] || continue
      # Without arguments the loader names itself and its version on standard error.
      set -f
      # shellcheck disable=SC2046
      set -- $("$loader" 2>&1)
      set +f
      while [ $# -gt 1 ] && [ "$1" != Version ]; do shift; done
      libc="musl ${2:-unknown}"
    done
  fi
  say libc "$libc"
}

# Affinity from nproc; what control groups allow is told level by level, for the reader to take the least.
limits() {
  cores=$(OMP_NUM_THREADS='' OMP_THREAD_LIMIT='' nproc) ||
    cores=$(getconf _NPROCESSORS_ONLN) ||
    cores=$(grep -c '^processor' "$SYSROOT/proc/cpuinfo")
  say cores "$cores"
  groups=$SYSROOT/sys/fs/cgroup
  [ -r "$SYSROOT/proc/self/cgroup" ] || return
  while IFS=: read -r _ controllers level; do
    case ,$controllers, in
      ,,) if [ -d "$groups/unified" ]; then walk "$groups/unified"; else walk "$groups"; fi ;;
    esac
    case ,$controllers, in
      *,cpu,*) if [ -d "$groups/$controllers" ]; then walk "$groups/$controllers"; else walk "$groups/cpu"; fi ;;
    esac
    case ,$controllers, in
      *,memory,*) walk "$groups/memory" ;;
    esac
  done <"$SYSROOT/proc/self/cgroup"
}

# From the process's own group up to the mount; a container may see its path from the outside, then only the mount counts.
walk() {
  case $level in */..*) level= ;; esac
  at=$level
  while :; do
    at=${at%/}
    group=$1$at
    if [ -r "$group/cpu.max" ] && read -r quota period <"$group/cpu.max"; then
      say cpuLimit "$quota" "$period"
    fi
    if [ -r "$group/cpu.cfs_quota_us" ] && read -r quota <"$group/cpu.cfs_quota_us" &&
      read -r period <"$group/cpu.cfs_period_us"; then
      say cpuLimit "$quota" "$period"
    fi
    if [ -r "$group/memory.max" ] && read -r bytes <"$group/memory.max"; then
      say memoryLimit "$bytes"
    fi
    if [ -r "$group/memory.limit_in_bytes" ] && read -r bytes <"$group/memory.limit_in_bytes"; then
      say memoryLimit "$bytes"
    fi
    [ -n "$at" ] || break
    at=${at%/*}
  done
}

# Programs that Huddle's and Spark's own scripts start there, and are not found. Costs no process.
tools() {
  for tool in awk bash cat chmod cut df dirname env find grep head id ls mkdir mv nohup od rm rmdir sed setsid \
    sha256sum sleep tail tar tr uname wc; do
    PATH=$found_path command -v "$tool" >/dev/null || say missing "$tool"
  done
}

# $1 what for, $2 the folder as in the file. The numbers are of its nearest parent that exists.
disk() {
  absolute "$2"
  near=$path
  while [ -n "$near" ] && [ ! -e "$near" ]; do near=${near%/*}; done
  near=${near:-/}
  writable=no
  if [ -d "$near" ] && [ -w "$near" ] && [ -x "$near" ]; then writable=yes; fi
  physical "$near" || here=$near
  case $here in *"$newline"*) return ;; esac
  set -f
  # shellcheck disable=SC2046
  set -- "$1" $(df -Pk "$near")
  set +f
  used_for=$1
  # After the heading's words: a device, spaces and all, then total, used, free and share.
  total='' free=''
  while [ $# -ge 6 ]; do
    case $5 in
      *[!0-9]*%) ;;
      [0-9]*%) total=$2 free=$4 && break ;;
    esac
    shift
  done
  say disk "$used_for" "$path" "$here" "$total" "$free" "$writable"
  folders=$folders$here$newline
}

disks() {
  folders=
  disk root "$ROOT"
  disk tmp /tmp
  rest=$DIRS$newline
  while [ -n "$rest" ]; do
    folder=${rest%%"$newline"*}
    rest=${rest#*"$newline"}
    [ -z "$folder" ] || disk dir "$folder"
  done
}

# Whatever lies in long kernel tables, in one pass: mounts of the folders above, memory, sockets; addresses from `ip`,
# or from the kernel where that is absent or tells none.
tables() {
  set --
  for table in meminfo mounts net/tcp net/tcp6 net/fib_trie net/route net/if_inet6; do
    [ ! -r "$SYSROOT/proc/$table" ] || set -- "$@" "table=$table" "$SYSROOT/proc/$table"
  done
  ip -o addr show up | FOLDERS=$folders awk "$tables_program" table=ip - "$@"
}

tables_program='
BEGIN { count = split(ENVIRON["FOLDERS"], folder, "\n") }
function lies_in(path, point) {
  return point == "/" || path == point || substr(path, 1, length(point) + 1) == point "/"
}
table == "meminfo" && $1 == "MemTotal:" { print "memoryKiB\t" $2 }
table == "mounts" {
  point = $2
  gsub(/\\040/, " ", point)
  gsub(/\\134/, "\\", point)
  for (i = 1; i <= count; i++)
    if (folder[i] != "" && length(point) >= length(best[i]) && lies_in(folder[i], point)) {
      best[i] = point
      mount[i] = $3 "\t" $4
    }
}
table ~ /^net\/tcp/ && $4 == "0A" && listening++ < 4096 { print "listen\t" $2 "\t" $10 }
table == "ip" && shown++ < 1024 { sub(/\\.*/, ""); print "ip\t" $2 "\t" $3 "\t" $4 "\t" $6 }
table != "ip" && shown > 0 { next }
table == "net/fib_trie" && $1 == "|--" { leaf = $2 }
table == "net/fib_trie" && $1 == "/32" && $3 == "LOCAL" && locals++ < 1024 { print "local\t" leaf }
table == "net/route" && $3 == "00000000" && routes++ < 1024 { print "route\t" $1 "\t" $2 "\t" $8 }
table == "net/if_inet6" && sixes++ < 1024 { print "inet6\t" $6 "\t" $1 "\t" $3 }
END { for (i = 1; i <= count; i++) if (folder[i] != "" && (i in mount)) print "mount\t" folder[i] "\t" mount[i] }
'
