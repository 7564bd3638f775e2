/// Hosts made on one machine, for tests and for trying a cluster of several hosts.
@org.jspecify.annotations.NullMarked
package huddle.lab;
