package huddle.apply;

import huddle.event.Failure;
import huddle.shell.Script;
import huddle.spark.HostSettings;
import huddle.spark.MasterState;
import huddle.ssh.Output;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/// Waits for the cluster to say that something is so, each with a bound and with an explanation
/// when it does not come.
final class Waits {
  /// A Master that recovers waits a minute for its Workers.
  private static final Duration MASTER = Duration.ofMinutes(2);

  private static final Duration WORKER = Duration.ofMinutes(2);

  private final Hosts hosts;

  Waits(Hosts hosts) {
    this.hosts = hosts;
  }

  void forMaster(String url) throws InterruptedException {
    Optional<MasterState> state = until(MASTER, MasterState::isAlive);
    if (state.isEmpty()) {
      throw Failure.on(
          hosts.master(),
          "the Master does not say ALIVE after %d s".formatted(MASTER.toSeconds()),
          "see `huddle logs master`");
    }
    if (!state.get().url().equals(url)) {
      throw Failure.on(
          hosts.master(),
          "another Master answers at its page: %s instead of %s".formatted(state.get().url(), url),
          "choose another port with `ports: {masterUi: …}`");
    }
  }

  void forNoWorker(HostSettings settings) throws InterruptedException {
    String address = settings.address();
    int port = settings.ports().worker();
    Predicate<MasterState> listed =
        s -> s.worker(address, port).filter(MasterState.Worker::isAlive).isPresent();
    if (hosts.masterClient().state().filter(listed).isPresent()
        && until(WORKER, listed.negate()).isEmpty()) {
      throw Failure.on(
          settings.host(),
          "the Master still lists a Worker at %s:%d that does not run".formatted(address, port),
          "run `huddle restart --host " + hosts.master() + "`");
    }
  }

  void forWorker(HostSettings settings) throws InterruptedException {
    String address = settings.address();
    int port = settings.ports().worker();
    Optional<MasterState> state =
        until(WORKER, s -> s.worker(address, port).filter(MasterState.Worker::isAlive).isPresent());
    if (state.isEmpty()) {
      throw explain(settings);
    }
  }

  private Failure explain(HostSettings settings) {
    String host = settings.host();
    if (hosts.masterClient().state().isEmpty()) {
      return Failure.on(
          host, "its Worker runs, but the Master no longer answers", "see `huddle logs master`");
    }
    HostSettings.MasterAddress master = settings.master();
    Script reach =
        Script.resource(Waits.class, "reach")
            .with("PYTHON", settings.python())
            .with("ADDRESS", master.address())
            .with("PORT", Integer.toString(master.port()));
    Output reached = hosts.connection(host).run(reach, Duration.ofSeconds(20));
    if (reached.exit() != 0) {
      return Failure.on(
          host,
          "its Worker cannot reach the Master at %s:%d (%s)"
              .formatted(master.address(), master.port(), reached.stderr().strip()),
          "let this port through the firewall of " + hosts.master());
    }
    return Failure.on(
        host,
        "its Worker at %s:%d runs and reaches the Master, which does not list it after %d s"
            .formatted(settings.address(), settings.ports().worker(), WORKER.toSeconds()),
        "see `huddle logs worker --host " + host + "`");
  }

  /// The state as soon as it fits; empty if the bound passes first.
  Optional<MasterState> until(Duration bound, Predicate<MasterState> fits)
      throws InterruptedException {
    long deadline = System.nanoTime() + bound.toNanos();
    while (true) {
      Optional<MasterState> state = hosts.masterClient().state().filter(fits);
      if (state.isPresent() || System.nanoTime() > deadline) {
        return state;
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(300));
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
    }
  }
}
