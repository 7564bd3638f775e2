/// POSIX sh as values: scripts and the one place that quotes words. Pure.
@org.jspecify.annotations.NullMarked
package huddle.shell;
