package huddle.facts;

import huddle.event.Failure;
import huddle.spec.Host;
import huddle.ssh.Connection;
import huddle.ssh.Output;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// Reads the facts of a host in one round trip.
public final class FactsGatherer {
  private static final Duration BOUND = Duration.ofSeconds(30);

  private final InstantSource clock;
  private final Optional<DataPlace> data;

  /// @param clock the operator's, that the hosts' are compared with
  public FactsGatherer(InstantSource clock) {
    this.clock = clock;
    this.data = Optional.empty();
  }

  /// @param data that hosts are asked for as well
  public FactsGatherer(InstantSource clock, DataPlace data) {
    this.clock = clock;
    this.data = Optional.of(data);
  }

  /// The folder that is to have the same files on every host.
  ///
  /// @param link whether it is to be a link to a folder below the root
  public record DataPlace(String folder, boolean link) {}

  /// Runs the probe on the host; it changes nothing there.
  ///
  /// @throws Failure if the host cannot be reached, does not answer in 30 seconds, or what it
  ///   answers is no facts
  public HostFacts gather(Connection connection, Host host) {
    Instant sent = clock.instant();
    Output output = connection.run(Probe.script(host, data), BOUND);
    Instant received = clock.instant();
    if (output.stdout().isBlank()) {
      String said = output.stderr().strip();
      throw new Failure(
          host.name(),
          "the probe that reads its facts printed nothing and ended with exit code "
              + output.exit()
              + (said.isEmpty() ? "" : ": " + said),
          "try `ssh` to it by hand and run `sh -c 'uname -a; df -Pk /'` there",
          output.stderr());
    }
    return FactsParser.parse(host.name(), output.stdout(), sent, received);
  }
}
