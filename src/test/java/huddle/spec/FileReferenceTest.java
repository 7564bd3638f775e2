package huddle.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The tables of docs/reference/file.md are those of the records that read the file.
final class FileReferenceTest {
  private static final Path PAGE = Path.of("docs/reference/file.md");
  private static final String BEGIN = "<!-- keys: generated -->\n";
  private static final String END = "<!-- end of keys -->\n";

  @Test
  void tablesAreCurrent() throws IOException {
    String page = Files.readString(PAGE);
    int begin = page.indexOf(BEGIN) + BEGIN.length();
    int end = page.indexOf(END);
    assertThat(end).isGreaterThanOrEqualTo(begin);
    String current = page.substring(0, begin) + tables() + page.substring(end);
    if (Boolean.getBoolean("huddle.update")) {
      Files.writeString(PAGE, current);
    }
    assertThat(Files.readString(PAGE))
        .as("write it anew: mvn test -Dtest=FileReferenceTest -Dhuddle.update=true")
        .isEqualTo(current);
  }

  /// What the page says of Java and Python is what is checked before a host is touched.
  @Test
  void versionsAreThoseThatAreChecked() throws IOException {
    List<String> rows =
        Stream.of("4.3", "4.2", "4.1", "4.0", "3.5")
            .map(line -> huddle.spark.SparkVersion.parse(line + ".0").orElseThrow())
            .map(spark ->
                "| %s | %s | 3.%d to 3.%d |"
                    .formatted(
                        spark.line(),
                        huddle.spark.SparkRules.javaMajors(spark).stream()
                            .sorted()
                            .map(String::valueOf)
                            .collect(Collectors.joining(", ")),
                        huddle.spark.SparkRules.oldestPythonMinor(spark),
                        huddle.spark.SparkRules.newestPythonMinor(spark)))
            .toList();
    assertThat(Files.readString(PAGE).lines()).containsSubsequence(rows);
  }

  private static String tables() {
    Map<String, Class<?>> sections = new LinkedHashMap<>();
    sections.put("", ClusterSpec.class);
    sections.put("a host, in `master` and `workers`", HostSpec.class);
    for (SpecKey key : SpecKey.of(ClusterSpec.class)) {
      Class<?> raw = SpecKey.raw(key.type());
      if (raw.isRecord() && raw != HostSpec.class) {
        sections.put("`" + key.name() + "`", raw);
      }
    }
    StringBuilder text = new StringBuilder();
    sections.forEach((title, record) -> {
      text.append(title.isEmpty() ? "" : "\n### " + title + "\n\n")
          .append("| key | what it says | default | example |\n|---|---|---|---|\n");
      SpecKey.of(record).forEach(key -> text.append(row(key)));
    });
    return text.toString();
  }

  private static String row(SpecKey key) {
    List<String> cells = new ArrayList<>();
    cells.add("`" + key.name() + "`");
    cells.add(key.about());
    cells.add(
        key.fallback().isEmpty()
            ? "**must be said**"
            : key.fallback()
                .filter(value -> value instanceof String || value instanceof Integer)
                .map(value -> "`" + value + "`")
                .orElse(""));
    cells.add(key.example().isEmpty() ? "" : "`" + key.example() + "`");
    // A page takes <cluster> for a tag.
    return cells.stream().collect(Collectors.joining(" | ", "| ", " |\n")).replace("<", "&lt;");
  }
}
