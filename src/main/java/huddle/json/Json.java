package huddle.json;

import huddle.event.Printable;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Writes JSON. Values are [JsonObject], maps with text keys (written in their own order),
/// iterables, text, numbers, booleans, enums (by name, lower case), [Optional] and null; anything
/// else is a mistake of the caller. Text keeps every character, but those that a terminal would act
/// on (controls, bidirectional marks) are always written as escapes.
public final class Json {
  private Json() {}

  /// Starts an object whose keys keep their order.
  public static JsonObject object() {
    return new JsonObject();
  }

  /// A whole document: two spaces of indent, ends with a line break.
  public static String document(@Nullable Object value) {
    StringBuilder out = new StringBuilder();
    write(value, "\n", out);
    return out.append('\n').toString();
  }

  /// One line, without a line break: what `--json` streams are made of.
  public static String line(@Nullable Object value) {
    StringBuilder out = new StringBuilder();
    write(value, "", out);
    return out.toString();
  }

  // `indent` is a line break and the spaces of the enclosing level; empty means all on one line.
  private static void write(@Nullable Object value, String indent, StringBuilder out) {
    switch (value) {
      case null -> out.append("null");
      case CharSequence text -> text(text, out);
      case Boolean bool -> out.append(bool);
      case Double number when !Double.isFinite(number) -> throw notJson(number);
      case Float number when !Float.isFinite(number) -> throw notJson(number);
      case Number number -> out.append(number);
      case Enum<?> constant -> text(constant.name().toLowerCase(java.util.Locale.ROOT), out);
      case Optional<?> optional -> write(optional.orElse(null), indent, out);
      case JsonObject object -> write(object.entries(), indent, out);
      case Map<?, ?> map ->
          all(
              "{}",
              map.entrySet(),
              indent,
              out,
              entry -> {
                if (!(entry.getKey() instanceof String key)) {
                  throw notJson(String.valueOf(entry.getKey()));
                }
                text(key, out);
                out.append(indent.isEmpty() ? ":" : ": ");
                write(entry.getValue(), deeper(indent), out);
              });
      case Iterable<?> list ->
          all("[]", list, indent, out, item -> write(item, deeper(indent), out));
      default -> throw notJson(value);
    }
  }

  private static <T extends @Nullable Object> void all(
      String brackets, Iterable<T> items, String indent, StringBuilder out, Consumer<T> write) {
    Iterator<T> left = items.iterator();
    out.append(brackets.charAt(0));
    if (left.hasNext()) {
      while (left.hasNext()) {
        out.append(deeper(indent));
        write.accept(left.next());
        out.append(left.hasNext() ? "," : "");
      }
      out.append(indent);
    }
    out.append(brackets.charAt(1));
  }

  private static String deeper(String indent) {
    return indent.isEmpty() ? "" : indent + "  ";
  }

  private static void text(CharSequence text, StringBuilder out) {
    out.append('"');
    text.codePoints()
        .forEach(c -> {
          switch (c) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\n' -> out.append("\\n");
            case '\t' -> out.append("\\t");
            case '\r' -> out.append("\\r");
            default -> {
              if (Printable.isUnsafe(c)) {
                for (char unit : Character.toChars(c)) {
                  out.append(String.format("\\u%04x", (int) unit));
                }
              } else {
                out.appendCodePoint(c);
              }
            }
          }
        });
    out.append('"');
  }

  private static IllegalArgumentException notJson(Object value) {
    return new IllegalArgumentException("not JSON: " + value.getClass().getName() + " " + value);
  }
}
