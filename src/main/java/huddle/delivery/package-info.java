/// What the operator's machine brings to hosts: what it can offer a plan, and the archives of what
/// the plan installs.
@org.jspecify.annotations.NullMarked
package huddle.delivery;
