/// Huddle: one secured Spark standalone cluster from the machines you can SSH into.
@org.jspecify.annotations.NullMarked
package huddle;
