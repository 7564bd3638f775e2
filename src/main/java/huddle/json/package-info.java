/// JSON as maps, lists, texts, numbers and booleans: one writer, one bounded reader. Pure.
@org.jspecify.annotations.NullMarked
package huddle.json;
