package huddle.spec;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/// One case of problems.txt.
record Cases(String title, String yaml, List<String> problems) {
  /// All of them, in the file's order.
  static List<Cases> all() {
    try (InputStream in = Cases.class.getResourceAsStream("problems.txt")) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      return Arrays.stream(text.split("(?m)^== ")).skip(1).map(Cases::parse).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Cases parse(String text) {
    int title = text.indexOf('\n');
    int end = text.indexOf("\n--\n");
    String yaml =
        text.substring(title + 1, end + 1)
            .lines()
            .map(line ->
                switch (line) {
                  case "@name" -> "name: penguins";
                  case "@master" -> "master: worker.one";
                  case "@workers" -> "workers: [worker.one, worker.two]";
                  default -> line;
                })
            .collect(Collectors.joining("\n", "", "\n"));
    List<String> problems =
        text.substring(end + 4).lines().filter(line -> !line.isBlank()).toList();
    return new Cases(text.substring(0, title), yaml, problems);
  }

  byte[] bytes() {
    return yaml.getBytes(StandardCharsets.UTF_8);
  }
}
