# Makes a lab's network: a bridge in a network namespace of its own, and one link from it to this
# machine. Firewall rules of this machine, such as Docker's, never see what hosts say to each other.
# Prints the number of the network, 10.213.<number>.0/24. Exit 3: none is free.
# Arguments: the namespace, then the numbers to try.
set -eu
switch=$1
shift
ip netns add "$switch"
ip -n "$switch" link set lo up
ip -n "$switch" link add lab type bridge
ip -n "$switch" link set lab up
for network; do
  # The link's name is the claim: it can be made only once on this machine.
  if ip link add "huddle$network" address "$(printf 02:68:64:%02x:00:01 "$network")" \
    type veth peer name uplink netns "$switch" 2>/dev/null; then
    ip -n "$switch" link set uplink master lab up
    ip address add "10.213.$network.1/24" dev "huddle$network"
    ip link set "huddle$network" up
    echo "$network"
    exit 0
  fi
done
exit 3
