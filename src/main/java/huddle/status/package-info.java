/// What a cluster is right now, told from facts and the Master's own word. Pure.
@org.jspecify.annotations.NullMarked
package huddle.status;
