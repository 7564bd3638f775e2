/// Hosts made on one machine, for tests and for trying a cluster of several hosts.
///
/// Start reading at [huddle.lab.Lab] and, for what a host is made of, at `host-init.sh`. A host is
/// a process with namespaces of its own (network, mounts, process ids, host name, ipc) whose root
/// folder is this machine's `/` under an overlay; what it changes goes to a tmpfs of given size,
/// its disk. Clock, kernel, CPUs and memory are this machine's.
@org.jspecify.annotations.NullMarked
package huddle.lab;
