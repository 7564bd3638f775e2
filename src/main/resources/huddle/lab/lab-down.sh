# Removes one lab or what there is of it: hosts, disks, network, folder.
# Arguments: the lab's folder.
lab=$1
switch=huddle-lab-${lab##*/}
for folder in "$lab"/hosts/*/; do
  folder=${folder%/}
  [ -e "$folder/host.conf" ] || continue
  sh "$lab/scripts/host-off.sh" "$lab" "${folder##*/}" || exit 1
  # A disk stays busy for a moment after the last process that used it.
  tries=0
  while mountpoint -q "$folder/disk" && ! umount "$folder/disk" 2>/dev/null; do
    tries=$((tries + 1))
    if [ "$tries" -ge 100 ]; then umount -l "$folder/disk" || exit 1; fi
    sleep 0.02
  done
done
# Deleting one end deletes both, at once; a namespace is cleared some time after it is deleted.
ip -n "$switch" link delete uplink 2>/dev/null
ip -n "$switch" link delete lab 2>/dev/null
ip netns delete "$switch" 2>/dev/null
rm -rf --one-file-system "$lab"
