# The first process of a host, in fresh namespaces but still with this machine's files: takes the
# host's own name, network and disk, leaves this machine's files behind, becomes first-process.sh.
# Arguments: the lab's folder, the host's folder.
set -eu
lab=$1
folder=$2
. "$folder/host.conf"
root=$folder/root

# /proc is still this machine's, so these are the process id and start time as seen from outside.
read -r stat </proc/self/stat
set -- $stat
echo "$1 ${22}" >"$folder/process"

# Not with hostname(1): it refuses an underscore, which the kernel and many a real host have.
echo "$host" >/proc/sys/kernel/hostname
ip link set lo up
# A fixed MAC address: neighbours keep a stale one for half a minute after a reboot.
ip link add eth0 address "$mac" type veth peer name "$port" netns "$switch"
ip -n "$switch" link set "$port" master lab up
ip address add "$address/24" broadcast + dev eth0
ip link set eth0 up

first_boot=no
if [ ! -e "$folder/disk/made" ]; then
  first_boot=yes
  # A whiteout hides what this machine has there; a folder made over it later starts empty.
  while read -r path; do
    mkdir -p "$folder/disk/upper${path%/*}"
    mknod "$folder/disk/upper$path" c 0 0
  done <"$folder/hidden"
fi
mount -t overlay -o "lowerdir=/,upperdir=$folder/disk/upper,workdir=$folder/disk/work,index=off" \
  "disk-$host" "$root"

mount -t proc -o nosuid,nodev,noexec proc "$root/proc"
mount -t sysfs -o ro,nosuid,nodev,noexec sysfs "$root/sys"
mount -t tmpfs -o nosuid,mode=755,size=1m dev "$root/dev"
while read -r name major minor; do
  mknod -m 666 "$root/dev/$name" c "$major" "$minor"
done <<DEVICES
null 1 3
zero 1 5
full 1 7
random 1 8
urandom 1 9
tty 5 0
DEVICES
mkdir "$root/dev/pts" "$root/dev/shm"
mount -t devpts -o nosuid,noexec,newinstance,ptmxmode=666,mode=620,gid=5 devpts "$root/dev/pts"
mount -t tmpfs -o nosuid,nodev,mode=1777,size=256m shm "$root/dev/shm"
ln -s pts/ptmx "$root/dev/ptmx"
ln -s /proc/self/fd "$root/dev/fd"
ln -s /proc/self/fd/0 "$root/dev/stdin"
ln -s /proc/self/fd/1 "$root/dev/stdout"
ln -s /proc/self/fd/2 "$root/dev/stderr"
mount -t tmpfs -o nosuid,nodev,mode=755,size=16m run "$root/run"
mkdir -m 1777 "$root/run/lock"
mkdir "$root/run/sshd" "$root/run/machine"
cp "$lab/scripts/first-process.sh" "$folder/make.sh" "$root/run"

cd "$root"
pivot_root . run/machine
# The last look back at this machine's files.
if [ "$first_boot" = yes ]; then
  env -i PATH="$PATH" sh -eu /run/make.sh
  : >"/run/machine$folder/disk/made"
fi
umount -l /run/machine
rmdir /run/machine
rm /run/make.sh
if [ "$tmp_noexec" = yes ]; then
  mount --bind /tmp /tmp
  mount -o remount,bind,noexec,nosuid,nodev /tmp
fi
exec env -i PATH="$PATH" HOME=/ sh /run/first-process.sh
