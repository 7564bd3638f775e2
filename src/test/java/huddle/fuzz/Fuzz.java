package huddle.fuzz;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// Runs Jazzer on what reads hostile input, in a process of its own: `./fuzz` for as long as asked,
/// [FuzzTest] for a bounded number of inputs.
public final class Fuzz {
  private static final int HEAP_MIB = 512;

  /// What is fuzzed.
  public enum Target {
    /// huddle.yaml.
    SPEC("huddle.spec.SpecReaderFuzz", 2_000),
    /// What the probe prints, and the plan that is made from it.
    FACTS("huddle.facts.FactsParserFuzz", 3_000),
    /// The Master's `/json/`.
    MASTER("huddle.spark.MasterJsonFuzz", 10_000),
    /// Archives: tar and zip, damaged, or whole with hostile entries.
    ARCHIVE("huddle.artifact.ArchiveFuzz", 3_000),
    /// Words of scripts, read back by real shells.
    WORDS("huddle.shell.ShellWordFuzz", 10_000);

    private final String className;
    private final int runs;

    Target(String className, int runs) {
      this.className = className;
      this.runs = runs;
    }

    /// How many inputs `./check` tries.
    public int runs() {
      return runs;
    }

    /// As typed, and the folder of its first inputs.
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private Fuzz() {}

  /// The command that fuzzes a target.
  ///
  /// @param found where inputs that reach new code are kept, and those that fail
  /// @param bound `-runs=N` or `-max_total_time=S`
  static List<String> command(Target target, Path found, String... bound) {
    Path seeds = Path.of("src/test/resources/huddle/fuzz", target.word()).toAbsolutePath();
    List<String> command =
        new ArrayList<>(
            List.of(
                System.getProperty("java.home") + "/bin/java",
                "-Xmx" + HEAP_MIB + "m",
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-XX:+EnableDynamicAgentLoading",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path", ""),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + target.className,
                "--instrumentation_includes=huddle.**",
                "--reproducer_path=" + found));
    command.addAll(List.of(bound));
    command.addAll(
        List.of(
            // An input that takes longer than this is a finding, and so is one that fills memory.
            "-timeout=20",
            "-rss_limit_mb=" + 4 * HEAP_MIB,
            "-artifact_prefix=" + found + "/",
            "-print_final_stats=1",
            found.resolve("corpus").toString(),
            seeds.toString()));
    return command;
  }

  /// `./fuzz`: a target's name and seconds, or seconds for each of all.
  public static void main(String[] args) throws IOException, InterruptedException {
    List<Target> targets = List.of(Target.values());
    String seconds = "60";
    Path found = Path.of(args[0]);
    for (String argument : Arrays.asList(args).subList(1, args.length)) {
      if (argument.matches("[1-9][0-9]{0,8}")) {
        seconds = argument;
      } else {
        targets = targets.stream().filter(target -> target.word().equals(argument)).toList();
      }
    }
    if (targets.isEmpty()) {
      System.err.println(
          "./fuzz [TARGET] [SECONDS]; targets: "
              + Arrays.stream(Target.values()).map(Target::word).collect(Collectors.joining(" ")));
      System.exit(2);
    }
    int exit = 0;
    for (Target target : targets) {
      System.err.printf("== %s, %s s%n", target.word(), seconds);
      Path folder = found.resolve(target.word());
      Files.createDirectories(folder.resolve("corpus"));
      Process process =
          new ProcessBuilder(command(target, folder, "-max_total_time=" + seconds))
              .inheritIO()
              .start();
      if (process.waitFor() != 0) {
        exit = 1;
        System.err.printf(
            "%s failed: copy the input from %s to src/test/resources/huddle/fuzz/%s, so that ./check tries it for good%n",
            target.word(), folder, target.word());
      }
    }
    System.exit(exit);
  }

  /// How a bounded run ended.
  record Ended(int exit, String output) {}

  static Ended bounded(Target target, Path found, int minutes)
      throws IOException, InterruptedException {
    Files.createDirectories(found.resolve("corpus"));
    Path log = found.resolve("log");
    // The same seed: what passed yesterday passes today, unless the code has changed.
    Process process =
        new ProcessBuilder(command(target, found, "-runs=" + target.runs(), "-seed=1"))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    if (!process.waitFor(minutes, TimeUnit.MINUTES)) {
      process.destroyForcibly().waitFor();
    }
    return new Ended(
        process.exitValue(), new String(Files.readAllBytes(log), StandardCharsets.UTF_8));
  }
}
