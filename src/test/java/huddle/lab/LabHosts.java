package huddle.lab;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import huddle.event.Failure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Labs for tests: skipped where the tests do not run as root, each with a name of its own, and
/// gone in the end even if the tests before were killed.
public final class LabHosts {
  private static final Pattern NAME = Pattern.compile("test-([0-9]+)-.*");

  private LabHosts() {}

  /// A lab for one test class, whose hosts know only their own names.
  public static Lab up(Class<?> test, HostOptions... hosts) {
    assumeTrue(Requirements.isRoot(), "the host lab needs root");
    removeAbandoned();
    String testName = test.getSimpleName().toLowerCase(Locale.ROOT);
    String name = "test-" + ProcessHandle.current().pid() + "-" + testName;
    return Lab.up(LabSpec.of(name.substring(0, Math.min(name.length(), 40)), hosts));
  }

  private static void removeAbandoned() {
    for (String lab : Lab.names()) {
      Matcher name = NAME.matcher(lab);
      if (name.matches() && !Files.exists(Path.of("/proc", name.group(1)))) {
        try {
          Lab.down(lab);
        } catch (Failure e) {
          // Another test run removes it at the same time.
        }
      }
    }
  }
}
