/// Checks of a cluster that stands: what is found, where, by what evidence, and what to do about
/// it.
@org.jspecify.annotations.NullMarked
package huddle.doctor;
