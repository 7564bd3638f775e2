package huddle.cli;

import huddle.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `huddle version`.
@Command(
    name = "version",
    description = "Show the version of Huddle and of the Java it runs on.",
    footerHeading = "Examples:%n",
    footer = {"  huddle version", "  huddle version --json"})
final class VersionCommand implements Callable<Integer> {
  @Mixin SharedOptions options = new SharedOptions();

  private final Context context;

  VersionCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    String version = huddle();
    String java = System.getProperty("java.version", "?");
    if (options.json) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("version", 1);
      json.put("huddle", version);
      json.put("java", java);
      context.terminal().out().print(Json.document(json));
    } else {
      context.terminal().out().println("huddle " + version + " (Java " + java + ")");
    }
    return 0;
  }

  /// Version of this build.
  static String huddle() {
    try (InputStream in = VersionCommand.class.getResourceAsStream("/huddle/version.properties")) {
      Properties properties = new Properties();
      if (in != null) {
        properties.load(in);
      }
      return properties.getProperty("version", "unknown");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
