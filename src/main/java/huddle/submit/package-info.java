/// Runs Applications: the driver on the Master's host, its output here.
@org.jspecify.annotations.NullMarked
package huddle.submit;
