/// The one Python environment of a cluster: what is asked for, what that came to, and their names.
/// Pure.
@org.jspecify.annotations.NullMarked
package huddle.python;
