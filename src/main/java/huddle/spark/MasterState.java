package huddle.spark;

import huddle.spec.Role;
import java.util.List;
import java.util.Optional;

/// What the Master says of itself at `/json/`.
///
/// @param url `spark://10.0.0.1:7077`
/// @param status `ALIVE`, `RECOVERING`, `STANDBY` …
/// @param applications that run or wait
/// @param ended Applications that the Master still remembers
/// @param drivers how many drivers of cluster mode run or wait
public record MasterState(
    String url,
    String status,
    List<Worker> workers,
    List<Application> applications,
    List<Application> ended,
    int drivers) {
  public MasterState {
    workers = List.copyOf(workers);
    applications = List.copyOf(applications);
    ended = List.copyOf(ended);
  }

  /// Without drivers of cluster mode.
  public MasterState(
      String url,
      String status,
      List<Worker> workers,
      List<Application> applications,
      List<Application> ended) {
    this(url, status, workers, applications, ended, 0);
  }

  /// One where no Application has ended.
  public MasterState(
      String url, String status, List<Worker> workers, List<Application> applications) {
    this(url, status, workers, applications, List.of(), 0);
  }

  /// Whether it serves Applications.
  public boolean isAlive() {
    return status.equals("ALIVE");
  }

  /// The Worker at this address, the living one before a dead one with the same address.
  public Optional<Worker> worker(String address, int port) {
    return workers.stream()
        .filter(w -> w.address().equals(address) && w.port() == port)
        .min((a, b) -> Boolean.compare(b.isAlive(), a.isAlive()));
  }

  /// Whether it is sure that this service has no Application any more: its process may go on for
  /// long, but serves nothing.
  public boolean hasLost(Role service) {
    return service.isApplication()
        && isAlive()
        && applications.stream().noneMatch(app -> app.name().equals(service.title()));
  }

  /// A Worker as the Master knows it.
  ///
  /// @param state `ALIVE`, `DEAD`, `DECOMMISSIONED`, `UNKNOWN`
  /// @param memoryMiB that it offers
  public record Worker(
      String id,
      String address,
      int port,
      String state,
      int cores,
      int coresUsed,
      long memoryMiB,
      long memoryUsedMiB) {
    /// Whether it takes executors.
    public boolean isAlive() {
      return state.equals("ALIVE");
    }
  }

  /// An Application.
  ///
  /// @param state `RUNNING`, `WAITING`, `FINISHED`, `FAILED`, `KILLED` …
  /// @param cores that it has
  /// @param memoryPerExecutorMiB as asked for
  /// @param startedEpochMillis by the Master's clock
  public record Application(
      String id,
      String name,
      String user,
      String state,
      int cores,
      long memoryPerExecutorMiB,
      long startedEpochMillis) {}
}
