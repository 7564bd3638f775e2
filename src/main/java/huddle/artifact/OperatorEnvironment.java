package huddle.artifact;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// What the operator's machine says of itself: environment variables and home folder.
public record OperatorEnvironment(Map<String, String> variables, Path home) {
  public OperatorEnvironment {
    variables = Map.copyOf(variables);
  }

  /// Of this process.
  public static OperatorEnvironment current() {
    return new OperatorEnvironment(System.getenv(), Path.of(System.getProperty("user.home", "/")));
  }

  /// A variable's value; empty if it is unset or blank.
  public Optional<String> get(String variable) {
    return Optional.ofNullable(variables.get(variable))
        .map(String::strip)
        .filter(value -> !value.isEmpty());
  }

  /// `$XDG_CACHE_HOME/huddle`, by default `~/.cache/huddle`.
  public Path cache() {
    return folder("XDG_CACHE_HOME", ".cache").resolve("huddle");
  }

  /// `$XDG_CONFIG_HOME`, by default `~/.config`.
  public Path config() {
    return folder("XDG_CONFIG_HOME", ".config");
  }

  /// A path as a person writes it; a leading `~/` is the operator's home.
  public Path expand(String path) {
    if (path.equals("~")) {
      return home;
    }
    return path.startsWith("~/") ? home.resolve(path.substring(2)) : Path.of(path).toAbsolutePath();
  }

  // The XDG rules: a path that is not absolute is to be ignored.
  private Path folder(String variable, String otherwise) {
    return get(variable)
        .map(Path::of)
        .filter(Path::isAbsolute)
        .orElseGet(() -> home.resolve(otherwise));
  }
}
