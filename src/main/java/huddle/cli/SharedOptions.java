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
          "The cluster's file; - for standard input. Default: huddle.yaml here, else a cluster on this machine.")
  String file = "";

  @Option(names = "--json", description = "Write JSON to standard output.")
  boolean json;

  @Option(names = "--yes", description = "Agree to everything that is asked.")
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
      description = "Say more.")
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
}
