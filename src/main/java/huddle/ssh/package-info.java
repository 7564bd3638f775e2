/// The edge to hosts: run a script, send bytes, dial a port, over OpenSSH or on this machine.
@org.jspecify.annotations.NullMarked
package huddle.ssh;
