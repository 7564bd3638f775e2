/// Carries a Plan out: one virtual thread per change, lock, log, convergence.
@org.jspecify.annotations.NullMarked
package huddle.apply;
