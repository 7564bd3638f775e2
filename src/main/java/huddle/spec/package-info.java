/// huddle.yaml to immutable records; every problem at once, with its place. Pure but for reading
/// the file.
@org.jspecify.annotations.NullMarked
package huddle.spec;
