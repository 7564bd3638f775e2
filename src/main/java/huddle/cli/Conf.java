package huddle.cli;

import huddle.spark.Fit;
import huddle.spark.Shares;
import huddle.spec.MemorySize;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.Option;

/// Options of what runs on the cluster: `--conf`, `--cores`, `--memory`.
final class Conf {
  @Option(
      names = "--conf",
      paramLabel = "KEY=VALUE",
      description = "A spark.* key; may be given more than once.")
  List<String> conf = List.of();

  @Option(
      names = "--cores",
      paramLabel = "N",
      description = "At most so many cores in all, or \"all\"; default: its share.")
  String cores = "";

  @Option(
      names = "--memory",
      paramLabel = "SIZE",
      description = "Memory of each executor, as 4g; default: its share.")
  String memory = "";

  /// Where an Application runs and how it is let in is the cluster's business.
  private static final List<String> OWNED =
      List.of("spark.master=", "spark.authenticate", "spark.submit.deployMode=");

  private static final List<String> NUMBERS =
      List.of("spark.cores.max", "spark.executor.cores", "spark.task.cpus");

  private static final List<String> SIZES = List.of("spark.executor.memory", "spark.driver.memory");

  /// The keys of `--conf`, checked.
  Map<String, String> keys() {
    Map<String, String> keys = new LinkedHashMap<>();
    for (String pair : conf) {
      int equals = pair.indexOf('=');
      if (OWNED.stream().anyMatch(pair::startsWith)) {
        throw new WrongInput(
            "--conf %s: the cluster decides this; leave it out"
                .formatted(pair.replaceFirst("=.*", "")));
      }
      if (equals < 1 || !pair.startsWith("spark.")) {
        throw new WrongInput("--conf %s: write it as spark.some.key=value".formatted(pair));
      }
      String key = pair.substring(0, equals);
      String value = pair.substring(equals + 1);
      if (NUMBERS.contains(key) && !value.matches("[1-9][0-9]{0,8}")) {
        throw new WrongInput("--conf %s: write a whole number, at least 1".formatted(pair));
      }
      if (SIZES.contains(key) && Fit.memoryMiB(value).isEmpty()) {
        throw new WrongInput("--conf %s: write a size, as 4g or 512m".formatted(pair));
      }
      keys.put(key, value);
    }
    if (!cores.isEmpty() && keys.containsKey("spark.cores.max")) {
      throw new WrongInput("--cores and --conf spark.cores.max say the same; leave one out");
    }
    if (!memory.isEmpty() && keys.containsKey("spark.executor.memory")) {
      throw new WrongInput("--memory and --conf spark.executor.memory say the same; leave one out");
    }
    return keys;
  }

  /// What `--cores` and `--memory` ask for.
  Shares.Wish wish() {
    OptionalInt most = OptionalInt.empty();
    if (cores.equals("all")) {
      most = OptionalInt.of(Integer.MAX_VALUE);
    } else if (cores.matches("[1-9][0-9]{0,8}")) {
      most = OptionalInt.of(Integer.parseInt(cores));
    } else if (!cores.isEmpty()) {
      throw new WrongInput("--cores %s: write a whole number, at least 1, or all".formatted(cores));
    }
    Optional<MemorySize> size = MemorySize.parse(memory);
    if (!memory.isEmpty() && size.isEmpty()) {
      throw new WrongInput("--memory %s: write a size, as 4g or 512m".formatted(memory));
    }
    if (size.isPresent() && size.get().mebibytes() < 450) {
      throw new WrongInput(
          "--memory %s: Spark wants at least 450m for an executor".formatted(memory));
    }
    return new Shares.Wish(most, size);
  }
}
