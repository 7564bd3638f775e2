package huddle.spec;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Files that nobody wrote in good faith: each ends in one sentence, within memory and stack.
final class SpecReaderHostileTest {
  private static final String HEAD = "name: penguins\nmaster: worker.one\n";

  static Stream<Arguments> files() {
    return Stream.of(
        arguments(
            "empty",
            "",
            "1:1 says nothing; write name, master and workers, or let `huddle init` write the file"),
        arguments(
            "larger than the bound",
            "#".repeat(SpecReader.BYTE_LIMIT + 1),
            "1:1 is larger than 1024 KiB; this is hardly a huddle.yaml, name another file with -f"),
        arguments(
            "deep lists",
            "[".repeat(500_000),
            "1:22 is nested more than 20 deep; no key of Huddle's goes there"),
        arguments(
            "deep maps",
            "{a: ".repeat(200_000),
            "1:82 is nested more than 20 deep; no key of Huddle's goes there"),
        arguments(
            "deep list entries",
            "- ".repeat(300_000),
            "1:43 is nested more than 20 deep; no key of Huddle's goes there"),
        arguments(
            "deep keys",
            "? ".repeat(300_000),
            "1:43 is nested more than 20 deep; no key of Huddle's goes there"),
        arguments("very many keys", "k: v\n".repeat(150_000), null),
        arguments(
            "very many values",
            "a: [" + "1,".repeat(400_000) + "]",
            "1:99999 says too much: more than 50000 keys and values"),
        arguments("aliases that would fill memory", bomb(), null),
        arguments(
            "aliases that say very much",
            shared(),
            "5:34707 says too much: more than 100000 values"),
        arguments(
            "more workers than there may be",
            HEAD + "workers:\n" + "  - w[1-1000]\n".repeat(500),
            "5:5 workers[1]: is one too many: a cluster has 1000 Workers at most"),
        arguments(
            "a long name",
            "name: " + "x".repeat(900_000) + "\nmaster: a\nworkers: a\n",
            "1:1 name: is longer than 1024 characters"),
        arguments(
            "a long path",
            HEAD + "workers: [{host: a, root: " + "/a".repeat(300_000) + "}]\n",
            "3:21 workers[0].root: is longer than 1024 characters"),
        arguments("a long key", HEAD + "workers: a\n? " + "x".repeat(500_000) + "\n: y\n", null));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("files")
  void endsInASentence(String title, String yaml, String first) {
    var problems = SpecReaderTest.problems(yaml.getBytes(UTF_8));
    assertThat(problems).hasSizeBetween(1, Problems.LIMIT + 1);
    assertThat(problems).allSatisfy(p -> assertThat(p).hasSizeLessThan(2100));
    if (first != null) {
      assertThat(problems).first().isEqualTo("huddle.yaml:" + first);
    }
  }

  static Stream<Arguments> bytes() {
    return Stream.of(
        arguments(
            "a program",
            new byte[] {0x7F, 'E', 'L', 'F', 2, 1, 0},
            "1:1 is not plain text: it holds the control character U+007F; take it out"),
        arguments(
            "a NUL",
            "name: a\nmas\0ter: b\n".getBytes(UTF_8),
            "2:4 is not plain text: it holds a NUL byte"),
        arguments(
            "gzip",
            new byte[] {0x1F, (byte) 0x8B, 8, 0},
            "1:1 is not plain text: it holds the control character U+001F; take it out"),
        arguments(
            "Latin-1",
            "name: a\n# café\n".getBytes(ISO_8859_1),
            "2:6 is not UTF-8 text; save it as UTF-8"),
        arguments("UTF-16", "name: a\n".getBytes(UTF_16), "1:1 is UTF-16; save it as UTF-8"),
        arguments(
            "half a character",
            new byte[] {'a', (byte) 0xE2, (byte) 0x82},
            "1:2 is not UTF-8 text; save it as UTF-8"),
        arguments(
            "a surrogate in UTF-8",
            new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80},
            "1:1 is not UTF-8 text; save it as UTF-8"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("bytes")
  void saysThatItIsNotText(String title, byte[] content, String problem) {
    assertThat(SpecReaderTest.problems(content)).containsExactly("huddle.yaml:" + problem);
  }

  @Test
  void takesAByteOrderMarkAndWindowsLineBreaks() {
    String yaml = "\uFEFF" + SpecReaderTest.SMALLEST.replace("\n", "\r\n");
    assertThat(SpecReaderTest.problems(yaml.getBytes(UTF_8))).isEmpty();
  }

  @Test
  void countsWhatItDoesNotShow() {
    String keys =
        IntStream.range(0, 250).mapToObj(i -> "k" + i + ": v\n").collect(Collectors.joining());
    var problems = SpecReaderTest.problems((SpecReaderTest.SMALLEST + keys).getBytes(UTF_8));
    assertThat(problems).hasSize(101).last().isEqualTo("huddle.yaml:103:1 and 150 more problems");
  }

  @Test
  void neverThrowsWhateverIsWritten() {
    Random random = new Random(3);
    String letters = "abc: -[]{}#&*!|>'\"%@`,?\n\n  \t1~<=.\\é€";
    String right = Cases.all().get(1).yaml();
    for (int i = 0; i < 1_000; i++) {
      StringBuilder text = new StringBuilder(i % 2 == 0 ? "" : right);
      for (int n = random.nextInt(30); n >= 0; n--) {
        int at = random.nextInt(text.length() + 1);
        text.insert(at, letters.charAt(random.nextInt(letters.length())));
        if (text.length() > 40 && random.nextBoolean()) {
          text.delete(at, Math.min(text.length(), at + random.nextInt(5)));
        }
      }
      assertThat(SpecReaderTest.problems(text.toString().getBytes(UTF_8)))
          .allSatisfy(p -> assertThat(p).doesNotContain("\n", "snakeyaml", "Exception"));
    }
  }

  private static String bomb() {
    StringBuilder yaml = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x]\n");
    for (int i = 1; i < 15; i++) {
      yaml.append("a%d: &a%d [%s]\n".formatted(i, i, ("*a" + (i - 1) + ",").repeat(9)));
    }
    return yaml + "workers: *a14\nconf: *a14\n";
  }

  private static String shared() {
    StringBuilder yaml = new StringBuilder(HEAD + "workers:\n  - host: b\n    dirs: &d [");
    yaml.append("/mnt/a,".repeat(5_000)).append("]\n");
    IntStream.range(0, 900).forEach(i -> yaml.append("  - {host: w" + i + ", dirs: *d}\n"));
    return yaml.toString();
  }
}
