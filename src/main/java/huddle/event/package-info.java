/// One vocabulary for what happens: the terminal, `--json` and the log render the same events.
@org.jspecify.annotations.NullMarked
package huddle.event;
