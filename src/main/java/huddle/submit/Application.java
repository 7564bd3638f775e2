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
/// @param file on the operator's machine, a `.py`, a `.jar` or an `.ipynb`
/// @param arguments of the Application
/// @param mainClass of a jar; empty: the one its manifest names
/// @param name as the Master shows it
/// @param conf `spark.*` keys above the cluster's
/// @param extras what it needs besides, on the operator's machine
public record Application(
    Path file,
    List<String> arguments,
    String mainClass,
    String name,
    Map<String, String> conf,
    Extras extras) {
  public Application {
    arguments = List.copyOf(arguments);
    conf = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(conf));
  }

  /// One that needs nothing besides.
  public Application(
      Path file, List<String> arguments, String mainClass, String name, Map<String, String> conf) {
    this(file, arguments, mainClass, name, conf, Extras.NONE);
  }

  /// Files on the operator's machine that go along.
  ///
  /// @param pyFiles `.py`, `.zip` and `.egg`, or folders of Python: importable in driver and
  ///   executors
  /// @param files in the folder that driver and executors run in
  /// @param jars on the class path of both
  /// @param jarTars tars of such jars
  public record Extras(List<Path> pyFiles, List<Path> files, List<Path> jars, List<Path> jarTars) {
    /// Nothing.
    public static final Extras NONE = new Extras(List.of(), List.of(), List.of(), List.of());

    public Extras {
      pyFiles = List.copyOf(pyFiles);
      files = List.copyOf(files);
      jars = List.copyOf(jars);
      jarTars = List.copyOf(jarTars);
    }

    /// With a tar of jars.
    public Extras with(Path jarTar) {
      return new Extras(pyFiles, files, jars, List.of(jarTar));
    }
  }

  /// The same with other keys.
  public Application with(Map<String, String> keys) {
    return new Application(file, arguments, mainClass, name, keys, extras);
  }

  /// The same with a tar of jars.
  public Application withJars(Path jarTar) {
    return new Application(file, arguments, mainClass, name, conf, extras.with(jarTar));
  }

  /// The file's own name.
  public String fileName() {
    return nameOf(file);
  }

  static String nameOf(Path path) {
    Path last = path.getFileName();
    return last == null ? path.toString() : last.toString();
  }

  /// Whether Python runs it.
  public boolean isPython() {
    return fileName().endsWith(".py");
  }

  /// Whether it is a notebook, executed cell by cell.
  public boolean isNotebook() {
    return fileName().endsWith(".ipynb");
  }

  /// Lines of `spark.key value`, as a notebook's kernel reads them.
  String settings() {
    return conf.entrySet().stream()
        .map(entry -> entry.getKey() + " " + entry.getValue().replace("\n", " "))
        .collect(Collectors.joining("\n"));
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
