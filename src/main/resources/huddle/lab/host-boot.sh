# Switches one host on: mounts its disk if this is the first time, then starts its first process in
# namespaces of its own. Ends with the host; prints "up" once the host's sshd listens.
# Arguments: the lab's folder, the host's name.
lab=$1
folder=$lab/hosts/$2
umask 022
. "$folder/host.conf"

if ! mountpoint -q "$folder/disk"; then
  mkdir -p "$folder/disk" "$folder/root" || exit 1
  mount -t tmpfs -o "size=${disk_mib}m,mode=755" "disk-$2" "$folder/disk" || exit 1
  mkdir "$folder/disk/upper" "$folder/disk/work" || exit 1
fi
exec unshare --net --mount --pid --uts --ipc --fork --kill-child=KILL --propagation private \
  sh "$lab/scripts/host-init.sh" "$lab" "$folder"
