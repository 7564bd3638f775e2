/// From spec and facts to a Plan: what to change and in which order. Pure.
@org.jspecify.annotations.NullMarked
package huddle.plan;
