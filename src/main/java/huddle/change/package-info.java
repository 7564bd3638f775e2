/// What should be different on a host: a sealed set of records. Pure.
@org.jspecify.annotations.NullMarked
package huddle.change;
