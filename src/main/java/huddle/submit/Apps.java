package huddle.submit;

import huddle.spark.MasterState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// Every Application that is known of: what the Master says, and the drivers that Huddle started,
/// also those that never asked it for anything. Hostile text. Pure.
///
/// @param all those that run or wait first, the newest first
public record Apps(List<App> all) {
  public Apps {
    all = List.copyOf(all);
  }

  /// One of them.
  ///
  /// @param id the Master's; empty while it has none
  /// @param driver Huddle's own id, where Huddle started it
  /// @param state the Master's word, where an exit code does not say more; `STARTING` before the
  ///   Master knows of it, `ENDED` if it never did and nothing says that it failed
  /// @param sinceEpochMillis 0 if unknown
  /// @param active whether it runs, waits or starts
  /// @param driverRuns whether the process of a driver that Huddle started lives
  /// @param exit of a driver that Huddle started, once it has ended
  public record App(
      String id,
      String driver,
      String name,
      String user,
      String state,
      int cores,
      long memoryPerExecutorMiB,
      long sinceEpochMillis,
      boolean active,
      boolean driverRuns,
      boolean detached,
      OptionalInt exit) {
    /// Whether this word means it.
    boolean is(String word) {
      return id.equals(word) || driver.equals(word) || name.equals(word);
    }

    /// How to call it: by the Master's id if there is one.
    public String call() {
      return id.isEmpty() ? driver : id;
    }
  }

  /// Joins both, by the ids that drivers noted.
  ///
  /// @param state empty if no Master answers
  public static Apps of(Optional<MasterState> state, List<DriverRecord> drivers) {
    List<App> apps = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    state.ifPresent(master -> {
      master.applications().forEach(a -> apps.add(app(a, true, drivers)));
      master.ended().forEach(a -> apps.add(app(a, false, drivers)));
    });
    apps.forEach(app -> seen.add(app.driver()));
    for (DriverRecord driver : drivers) {
      if (seen.add(driver.id())) {
        apps.add(app(driver));
      }
    }
    apps.sort(
        Comparator.comparing((App app) -> !app.active())
            .thenComparing(Comparator.comparingLong(App::sinceEpochMillis).reversed()));
    return new Apps(apps);
  }

  private static App app(MasterState.Application a, boolean active, List<DriverRecord> drivers) {
    Optional<DriverRecord> driver =
        drivers.stream()
            .filter(d -> d.application().filter(a.id()::equals).isPresent())
            .findFirst();
    return new App(
        a.id(),
        driver.map(DriverRecord::id).orElse(""),
        a.name(),
        a.user(),
        active ? a.state() : ended(a.state(), driver),
        a.cores(),
        a.memoryPerExecutorMiB(),
        a.startedEpochMillis(),
        active,
        driver.map(DriverRecord::running).orElse(false),
        driver.map(DriverRecord::detached).orElse(false),
        driver.map(DriverRecord::exit).orElse(OptionalInt.empty()));
  }

  /// The Master says FINISHED of every program that left in order; its exit code says more.
  private static String ended(String masters, Optional<DriverRecord> driver) {
    OptionalInt exit = driver.map(DriverRecord::exit).orElse(OptionalInt.empty());
    if (!masters.equals("FINISHED") || exit.isEmpty() || exit.getAsInt() == 0) {
      return masters;
    }
    return byExit(exit.getAsInt());
  }

  /// 128 and the signal that ended it: INT, KILL or TERM.
  private static String byExit(int exit) {
    return switch (exit) {
      case 0 -> "FINISHED";
      case 130, 137, 143 -> "KILLED";
      default -> "FAILED";
    };
  }

  private static App app(DriverRecord driver) {
    return new App(
        driver.application().orElse(""),
        driver.id(),
        driver.name(),
        driver.by(),
        state(driver),
        0,
        0,
        driver.sinceEpochSeconds() * 1000,
        driver.running() && driver.application().isEmpty(),
        driver.running(),
        driver.detached(),
        driver.exit());
  }

  /// Of one that the Master does not know, or not any more.
  private static String state(DriverRecord driver) {
    if (driver.running()) {
      return driver.application().isEmpty() ? "STARTING" : "ENDED";
    }
    OptionalInt exit = driver.exit();
    // A program that ended in order before it asked for anything did what it should, perhaps.
    return exit.isEmpty() || (exit.getAsInt() == 0 && driver.application().isEmpty())
        ? "ENDED"
        : byExit(exit.getAsInt());
  }

  /// Those that a word means, an id or a name: those that are active, else the newest that ended.
  public List<App> find(String word) {
    List<App> named = all.stream().filter(app -> app.is(word)).toList();
    List<App> active = named.stream().filter(App::active).toList();
    return active.isEmpty() ? named.stream().limit(1).toList() : active;
  }

  /// Everything that a word may be.
  public List<String> words() {
    return all.stream()
        .flatMap(app -> java.util.stream.Stream.of(app.name(), app.id(), app.driver()))
        .filter(word -> !word.isEmpty())
        .distinct()
        .toList();
  }
}
