# Switches one host off, as if its power was cut: the link goes first, so that nothing it says while
# its processes die gets out. Nothing to do where it is off.
# Arguments: the lab's folder, the host's name.
folder=$1/hosts/$2
. "$folder/host.conf"
ip -n "$switch" link delete "$port" 2>/dev/null
[ -s "$folder/process" ] || exit 0
read -r process started <"$folder/process"

is_on() {
  { read -r stat <"/proc/$process/stat"; } 2>/dev/null || return 1
  set -- $stat
  [ "${22}" = "$started" ]
}

tries=0
while is_on; do
  kill -KILL "$process" 2>/dev/null
  tries=$((tries + 1))
  [ "$tries" -lt 250 ] || { echo "process $process does not end" >&2; exit 1; }
  sleep 0.02
done
rm -f "$folder/process"
