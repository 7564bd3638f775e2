/// Files of the operator's on every host, and back: `push` and `pull`.
@org.jspecify.annotations.NullMarked
package huddle.data;
