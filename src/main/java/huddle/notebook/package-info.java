/// Notebooks that are open on a host, and notebooks that run to their end.
@org.jspecify.annotations.NullMarked
package huddle.notebook;
