/// Pure knowledge of Spark: versions, Java and Python rules, conf text, ports, sizing, the Master's
/// JSON.
@org.jspecify.annotations.NullMarked
package huddle.spark;
