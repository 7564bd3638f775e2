# Probe, part 3: Spark's daemons on the host, and what this cluster has under its root.

# Every Spark Master or Worker of any user, and every service of Huddle's that is a java: by main class or mark, not
# anything that names one. Those of another network, as in a container, hold no port of this host.
daemons() {
  daemon_count=0 network=$(readlink "$SYSROOT/proc/self/ns/net" 2>/dev/null) || :
  for file in $(cd "$SYSROOT/proc" &&
    grep -l -e 'spark\.deploy\.master\.Master' -e 'spark\.deploy\.worker\.Worker' -e '-Dhuddle\.role=' \
      [0-9]*/cmdline); do
    [ $((daemon_count += 1)) -le 64 ] || break
    its=$(readlink "$SYSROOT/proc/${file%/*}/ns/net" 2>/dev/null) || :
    [ -z "$its" ] || [ "$its" = "$network" ] || continue
    tr '\000\011\012' '\012  ' <"$SYSROOT/proc/$file" | daemon "${file%/*}"
  done
}

# Reads a command line, a word a line.
daemon() {
  read -r word
  case $word in java | */java) ;; *) return ;; esac
  cluster='' cluster_root='' main='' role='' ports=''
  while read -r word; do
    case $word in
      -cp | -classpath | --class-path | -p | --module-path | --upgrade-module-path | --add-modules | --add-reads | \
        --add-exports | --add-opens | --limit-modules | --patch-module | --enable-native-access) read -r word ;;
      -jar | -m | --module) return ;;
      -Dhuddle.cluster=*) cluster=${word#*=} ;;
      -Dhuddle.root=*) cluster_root=${word#*=} ;;
      -Dhuddle.role=*) role=${word#*=} ;;
      -Dhuddle.ports=*) ports=${word#*=} ;;
      -* | @*) ;;
      *) main=$word && break ;;
    esac
  done
  case $main in
    org.apache.spark.deploy.master.Master) role=master ;;
    org.apache.spark.deploy.worker.Worker) role=worker ;;
    *)
      [ -z "$role" ] || say daemon "$1" "$role" "$cluster" "$cluster_root" "$ports"
      return
      ;;
  esac
  ports=
  while read -r word; do
    case $word in
      -p | --port | --webui-port) read -r word && ports="$ports${ports:+,}$word" ;;
    esac
  done
  say daemon "$1" "$role" "$cluster" "$cluster_root" "$ports"
}

# $1 key, $2 file, $3 most bytes: a text of several lines, as hexadecimal lines that begin with a space.
text() {
  [ -f "$2" ] && [ -r "$2" ] || return
  say text "$1"
  od -An -v -tx1 -N "$3" "$2"
}

# Folders that are whole: they hold their identity.
folders_of() {
  for folder in "$root/$1"-*; do
    [ -f "$folder/.huddle" ] || continue
    case $folder in *.part) continue ;; esac
    identity=
    read -r identity <"$folder/.huddle"
    say "${1}Folder" "${folder##*/}" "$identity"
  done
}

# What each environment of Python holds, and those that a process runs from: an interpreter's first word is its path.
environments() {
  environment_count=0
  for folder in "$root"/python-*; do
    [ -f "$folder/.huddle" ] || continue
    case $folder in *.part) continue ;; esac
    [ $((environment_count += 1)) -le 16 ] || break
    text "pins ${folder##*/}" "$folder/.huddle-pins" 65536
  done
  [ "$environment_count" -gt 0 ] || return
  used_pythons=$newline
  for file in $(cd "$SYSROOT/proc" && grep -l -F -e "$root/python-" [0-9]*/cmdline); do
    word=
    IFS= read -r word <<WORDS
$(tr '\000\011\012' '\012  ' <"$SYSROOT/proc/$file")
WORDS
    case $word in "$root"/python-*/bin/*) ;; *) continue ;; esac
    word=${word#"$root"/}
    word=${word%%/*}
    case $used_pythons in *"$newline$word$newline"*) continue ;; esac
    used_pythons=$used_pythons$word$newline
    say usedPython "$word"
  done
}

# Adds every file below a folder to $files, a line each.
file_count=0
collect() {
  for entry in "$1"/* "$1"/.[!.]*; do
    case $entry in *[[:cntrl:]\\]*) continue ;; esac
    if [ -d "$entry" ]; then
      [ -L "$entry" ] || collect "$entry"
    elif [ -f "$entry" ] && [ -r "$entry" ] && [ $((file_count += 1)) -le 1000 ]; then
      files=$files$entry$newline
    fi
  done
}

# Digests of all in one process, but for files that hold the secret: theirs leave those lines out.
digests() {
  files=
  cd "$root" || return
  collect conf
  collect bin
  if [ -f manifest.json ]; then files=${files}manifest.json$newline; fi
  [ -n "$files" ] || return
  IFS=$newline
  set -f
  # shellcheck disable=SC2086
  set -- $files
  secret_files=$newline$(grep -l -e '^spark\.authenticate\.secret ' -e '^-Dspark\.authenticate\.secret=' \
    -e '^-D[A-Za-z.]*\.token=' -e '^-D[A-Za-z.]*\.secretKey=' "$@")$newline
  open_files=
  for file; do
    case $secret_files in
      *"$newline$file$newline"*)
        say file "$file"
        sed -e '/^spark\.authenticate\.secret /d' -e '/^-Dspark\.authenticate\.secret=/d' \
          -e '/^-D[A-Za-z.]*\.token=/d' -e '/^-D[A-Za-z.]*\.secretKey=/d' "$file" | sha256sum
        ;;
      *) open_files=$open_files$file$newline ;;
    esac
  done
  # shellcheck disable=SC2086
  [ -z "$open_files" ] || sha256sum $open_files
  unset IFS
  set +f
}

# A daemon of this cluster lives if its process has the start time that its run file names. Anything may stand in the
# name of a process, which is in parentheses: what counts comes after the last of them.
running() {
  [ -r "$root/run/$1" ] || return
  pid='' start='' digest=''
  while read -r line || [ -n "$line" ]; do
    case $line in
      pid=*) pid=${line#*=} ;;
      start=*) start=${line#*=} ;;
      digest=*) digest=${line#*=} ;;
    esac
  done <"$root/run/$1"
  case $pid in '' | *[!0-9]*) return ;; esac
  [ -r "$SYSROOT/proc/$pid/stat" ] || return
  stat=
  while read -r line || [ -n "$line" ]; do stat=$stat$line; done <"$SYSROOT/proc/$pid/stat"
  role=$1
  set -f
  # shellcheck disable=SC2086
  set -- ${stat##*)}
  set +f
  case $1 in '' | Z | X) return ;; esac
  [ "${20}" = "$start" ] || return
  say running "$role" "$pid" "$start" "$digest"
  ls -l "$SYSROOT/proc/$pid/fd" |
    awk -v role="$role" '$NF ~ /^socket:/ && count++ < 4096 { gsub(/[^0-9]/, "", $NF); print "socket\t" role "\t" $NF }'
}

# Whose the root is: its marker names the cluster. Without one, what is in it is somebody's; a lock or half a marker
# may be there before anything else.
owner() {
  if [ -f "$root/.huddle-root" ]; then
    owner=
    read -r owner <"$root/.huddle-root"
    say owner "$owner"
    return
  fi
  foreign=0
  for entry in "$root"/* "$root"/.[!.]* "$root"/..?*; do
    case ${entry##*/} in lock | .huddle-root.part) continue ;; esac
    if [ -e "$entry" ] || [ -L "$entry" ]; then
      say foreign "${entry##*/}"
      [ $((foreign += 1)) -lt 3 ] || return
    fi
  done
}

installed() {
  if [ -e "$root" ] && [ ! -d "$root" ]; then
    say foreign .
    return
  fi
  [ -d "$root" ] || return
  for entry in "$root"/* "$root"/.[!.]*; do
    # The lock is that of the very run that asks.
    if [ -e "$entry" ] && [ "${entry##*/}" != lock ]; then
      say exists yes
      break
    fi
  done
  owner
  folders_of spark
  folders_of java
  folders_of jars
  folders_of python
  folders_of cpython
  environments
  for leftover in "$root"/*.part; do
    [ ! -e "$leftover" ] || say leftover "${leftover##*/}"
  done
  digests
  text manifest "$root/manifest.json" 262144
  text proof "$root/run/proof" 65536
  for kind in $ROLES; do running "$kind"; done
  # Whoever holds the lock renews its beat; an old one is of someone who is gone.
  if [ -f "$root/lock/beat" ] && [ -n "$(find "$root/lock/beat" -mmin -1)" ]; then
    owner=
    read -r owner <"$root/lock/owner"
    say lock "${owner:-unknown}"
  fi
}

# The folder that is to have the same files on every host, and what lies directly in it. The usual one is a link of this
# login's to a folder below the root.
data() {
  [ -n "$DATA" ] || return
  if [ ! -e "$DATA" ] && [ ! -L "$DATA" ]; then
    say data missing
    return
  fi
  if [ "$DATA_LINK" = yes ]; then
    here=
    if [ -n "$(find "$DATA" -prune -type l -user "$me")" ]; then physical "$DATA"; fi
    if [ "$here" != "$real_root/data" ]; then
      if [ -n "$here" ] || [ ! -L "$DATA" ]; then say data other; else say data missing; fi
      return
    fi
  fi
  if [ ! -d "$DATA" ]; then
    say data other
    return
  fi
  say data folder
  data_count=0
  for entry in "$DATA"/*; do
    [ -e "$entry" ] || continue
    [ $((data_count += 1)) -le 500 ] || break
    say dataEntry "${entry##*/}"
  done
}
