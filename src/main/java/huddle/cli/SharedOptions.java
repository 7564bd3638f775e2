package huddle.cli;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Option;

/// Options that every command takes.
final class SharedOptions {
  @Option(
      names = {"-f", "--file"},
      paramLabel = "FILE",
      description =
          "The cluster's file; default: ./huddle.yaml, else a cluster on this machine. - is standard input.")
  String file = "";

  @Option(names = "--json", description = "JSON on standard output, where the command has data.")
  boolean json;

  @Option(names = "--yes", description = "Agree to what is asked; a removal needs --confirm.")
  boolean yes;

  @Option(names = "--no-input", description = "Never ask; fail instead.")
  boolean noInput;

  @Option(
      names = "--host",
      paramLabel = "HOST",
      description = "Only this host; may be given more than once.")
  List<String> hosts = List.of();

  @Option(
      names = {"-v", "--verbose"},
      description = "Keep a line for every change.")
  boolean verbose;

  @Option(
      names = {"-q", "--quiet"},
      description = "Only warnings and failures.")
  boolean quiet;

  @Option(names = "--no-color", description = "No colours.")
  boolean noColor;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;

  /// The hosts of `--host`; a value may name several, separated by commas.
  Set<String> only() {
    Set<String> only = new LinkedHashSet<>();
    hosts.forEach(value -> only.addAll(List.of(value.split(",", -1))));
    only.remove("");
    return only;
  }

  /// Takes over what was said to a command of which this one is a part.
  void inherit(SharedOptions of) {
    if (file.isEmpty()) {
      file = of.file;
    }
    json |= of.json;
    quiet |= of.quiet;
    verbose |= of.verbose;
    yes |= of.yes;
    noInput |= of.noInput;
    noColor |= of.noColor;
  }
}
