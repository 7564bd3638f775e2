/// One thin class per command: parse, call, view.
@org.jspecify.annotations.NullMarked
package huddle.cli;
