package huddle.ui;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/// Chooses how a run is shown.
public final class EventViews {
  private EventViews() {}

  /// What the command line asks for.
  ///
  /// @param json one JSON object a line on standard output; standard error as with quiet
  /// @param quiet failures and warnings only
  /// @param verbose every finished change stays as a line
  /// @param hosts names in the file's order: live lines are shown in it
  public record Options(boolean json, boolean quiet, boolean verbose, List<String> hosts) {
    public Options {
      hosts = List.copyOf(hosts);
    }
  }

  /// The view that fits, already running. However the process ends, short of being killed, its live
  /// lines are settled: a shutdown hook closes what was not closed.
  public static EventView open(Terminal terminal, Options options) {
    EventView view = choose(terminal, options, InstantSource.system(), Ticker.virtual());
    if (view instanceof LiveEvents) {
      Runtime.getRuntime().addShutdownHook(new Thread(view::close, "settle the terminal"));
    }
    return view;
  }

  static EventView choose(Terminal terminal, Options options, InstantSource clock, Ticker ticker) {
    if (options.json()) {
      return new JsonEvents(terminal.out(), clock, new QuietEvents(terminal.err()));
    }
    if (options.quiet()) {
      return new QuietEvents(terminal.err());
    }
    if (terminal.live()) {
      LiveEvents live = new LiveEvents(terminal.err(), clock, options);
      live.tickedBy(ticker.start(Duration.ofMillis(100), live::tick));
      return live;
    }
    PlainEvents plain = new PlainEvents(terminal.err(), clock);
    plain.tickedBy(ticker.start(Duration.ofSeconds(1), plain::tick));
    return plain;
  }
}
