package huddle.shell;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/// One POSIX sh program for a host: its text, and the values of the variables it reads. Values are
/// quoted when it is rendered, so that they may hold anything but NUL.
///
/// @param name what it is called in messages and logs, for example `facts`
/// @param text the program; runs under dash and busybox sh, may read its input from standard input
/// @param variables values by name, assigned before the text runs
public record Script(String name, String text, Map<String, String> variables) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  public Script {
    variables = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(variables));
    for (String variable : variables.keySet()) {
      if (!NAME.matcher(variable).matches()) {
        throw new IllegalArgumentException("not a shell variable: " + variable);
      }
    }
  }

  /// The script kept as the resource `name.sh` beside the given class.
  public static Script resource(Class<?> beside, String name) {
    return new Script(name, text(beside, name + ".sh"), Map.of());
  }

  /// The text of a resource beside the given class.
  public static String text(Class<?> beside, String file) {
    try (InputStream in = beside.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalArgumentException("no resource " + file + " beside " + beside);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The same script with another's text before its own, and that one's values.
  public Script after(Script prelude) {
    Map<String, String> both = new LinkedHashMap<>(prelude.variables);
    both.putAll(variables);
    return new Script(name, prelude.text + text, both);
  }

  /// The same script with one more value.
  public Script with(String variable, String value) {
    Map<String, String> more = new LinkedHashMap<>(variables);
    more.put(variable, value);
    return new Script(name, text, more);
  }

  /// The whole program as sh reads it.
  public String render() {
    StringBuilder program = new StringBuilder();
    variables.forEach((variable, value) ->
        program.append(variable).append('=').append(ShellWord.quote(value)).append('\n'));
    return program.append(text).toString();
  }
}
