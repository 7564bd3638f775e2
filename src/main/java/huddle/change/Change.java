package huddle.change;

import java.util.List;
import java.util.Locale;

/// Something that should be different on one host. Made by the planner, carried out by the runner,
/// shown to people and in `plan --json`.
public sealed interface Change
    permits PrepareRoot,
        InstallSpark,
        InstallJava,
        InstallPackages,
        PrepareData,
        InstallInterpreter,
        InstallPython,
        WriteConf,
        StartDaemon,
        StopDaemon,
        Prove,
        Drain,
        RemoveFolder,
        RemoveRoot {
  /// Name of the host.
  String host();

  /// What it is about: `root`, `spark`, `java`, `packages`, `python`, `data`, `conf`, `master`,
  /// `worker`, `proof`.
  String kind();

  /// What happens to it.
  Verb verb();

  /// One line, such as `Spark 4.3.0`.
  String summary();

  /// Why, such as `not there`.
  String reason();

  /// How it is carried out, in order.
  List<Action> actions();

  /// What happens to the thing.
  enum Verb {
    ADD("+"),
    CHANGE("~"),
    REMOVE("-"),
    RESTART("~");

    private final String mark;

    Verb(String mark) {
      this.mark = mark;
    }

    /// In plans for people.
    public String mark() {
      return mark;
    }

    /// In JSON.
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
