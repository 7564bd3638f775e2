package huddle.submit;

import huddle.shell.ShellWord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// What is to run. Pure: words only.
///
/// @param file on the operator's machine, a `.py` or a `.jar`
/// @param arguments of the Application
/// @param mainClass of a jar; empty: the one its manifest names
/// @param name as the Master shows it
/// @param conf `spark.*` keys above the cluster's
public record Application(
    Path file, List<String> arguments, String mainClass, String name, Map<String, String> conf) {
  public Application {
    arguments = List.copyOf(arguments);
    conf = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(conf));
  }

  /// The file's own name.
  public String fileName() {
    Path last = file.getFileName();
    return last == null ? file.toString() : last.toString();
  }

  /// Whether Python runs it.
  public boolean isPython() {
    return fileName().endsWith(".py");
  }

  /// Options of spark-submit, quoted.
  String options() {
    List<String> words = new ArrayList<>(List.of("--name", name));
    conf.forEach((key, value) -> words.addAll(List.of("--conf", key + "=" + value)));
    if (!mainClass.isEmpty()) {
      words.addAll(List.of("--class", mainClass));
    }
    return quoted(words);
  }

  /// The Application's own arguments, quoted.
  String quotedArguments() {
    return quoted(arguments);
  }

  private static String quoted(List<String> words) {
    return words.stream().map(ShellWord::quote).collect(Collectors.joining(" "));
  }
}
