package huddle.spec;

import huddle.spec.Yaml.Place;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/// Bytes to text that a YAML parser may be given: bounded, UTF-8, no control characters.
final class YamlText {
  private YamlText() {}

  static String decode(byte[] content) throws Unreadable {
    if (content.length > SpecReader.BYTE_LIMIT) {
      throw new Unreadable(
          Place.START,
          "is larger than "
              + SpecReader.BYTE_LIMIT / 1024
              + " KiB; this is hardly a huddle.yaml, name another file with -f");
    }
    if (startsWith(content, 0xFE, 0xFF) || startsWith(content, 0xFF, 0xFE)) {
      throw new Unreadable(Place.START, "is UTF-16; save it as UTF-8");
    }
    ByteBuffer in = ByteBuffer.wrap(content);
    if (startsWith(content, 0xEF, 0xBB, 0xBF)) {
      in.position(3);
    }
    CharBuffer out = CharBuffer.allocate(content.length);
    CoderResult end = StandardCharsets.UTF_8.newDecoder().decode(in, out, true);
    String text = out.flip().toString();
    refuseControls(text);
    if (end.isError()) {
      throw new Unreadable(placeOf(text, text.length()), "is not UTF-8 text; save it as UTF-8");
    }
    return text;
  }

  private static void refuseControls(String text) throws Unreadable {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0) {
        throw new Unreadable(placeOf(text, i), "is not plain text: it holds a NUL byte");
      }
      if (!isText(c)) {
        throw new Unreadable(
            placeOf(text, i),
            "is not plain text: it holds the control character U+%04X; take it out"
                .formatted((int) c));
      }
    }
  }

  /// As YAML has it: no controls but tab, line breaks and NEL, and not the two non-characters.
  private static boolean isText(char c) {
    return Character.isISOControl(c)
        ? c == '\n' || c == '\r' || c == '\t' || c == 0x85
        : c < 0xFFFE;
  }

  private static Place placeOf(String text, int index) {
    int line = 1;
    int lineStart = 0;
    for (int i = 0; i < index; i++) {
      if (text.charAt(i) == '\n') {
        line++;
        lineStart = i + 1;
      }
    }
    return new Place(line, text.codePointCount(lineStart, index) + 1);
  }

  private static boolean startsWith(byte[] content, int... head) {
    if (content.length < head.length) {
      return false;
    }
    for (int i = 0; i < head.length; i++) {
      if ((content[i] & 0xFF) != head[i]) {
        return false;
      }
    }
    return true;
  }
}
