package huddle.web;

import huddle.apply.ClusterGatherer;
import huddle.apply.Hosts;
import huddle.apply.PageCredential;
import huddle.event.Failure;
import huddle.plan.ClusterFacts;
import huddle.spec.ClusterSpec;
import huddle.ssh.Connection;
import huddle.status.ClusterStatus;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds pages on the hosts of a cluster: daemons by their ports in the file, drivers by a
/// [DriverSearch]. What was found is kept until it does not answer any more.
public final class ClusterPlaces implements Places {
  private static final Pattern WORKER = Pattern.compile("worker-[0-9]{1,20}-(.+)-([0-9]{1,5})");

  private final ClusterSpec spec;
  private final Hosts hosts;
  private final ClusterGatherer gatherer;
  private final DriverSearch drivers;
  private final Map<Route.Page, Place> found = new ConcurrentHashMap<>();
  private final Map<String, String> hostsByAddress = new ConcurrentHashMap<>();
  private final Map<Route.Page, ReentrantLock> searches = new ConcurrentHashMap<>();

  public ClusterPlaces(ClusterSpec spec, Hosts hosts, ClusterGatherer gatherer) {
    this.spec = spec;
    this.hosts = hosts;
    this.gatherer = gatherer;
    this.drivers = new DriverSearch(spec, hosts);
  }

  /// Learns which host has which address.
  public ClusterFacts learn() throws InterruptedException {
    ClusterFacts facts = gatherer.gather(spec, hosts);
    for (ClusterStatus.HostStatus host : ClusterStatus.of(spec, facts).hosts()) {
      if (!host.address().isEmpty()) {
        hostsByAddress.put(host.address(), host.name());
      }
    }
    return facts;
  }

  /// Where a host's Worker has its page; empty if the Master knows none of it.
  public static Optional<String> workerPath(ClusterFacts facts, ClusterSpec spec, String host) {
    Optional<String> address =
        ClusterStatus.of(spec, facts).hosts().stream()
            .filter(status -> status.name().equals(host))
            .map(ClusterStatus.HostStatus::address)
            .findFirst();
    return facts
        .master()
        .flatMap(state -> address.flatMap(of -> state.worker(of, spec.ports().worker())))
        .map(worker -> "/proxy/" + worker.id() + "/");
  }

  @Override
  public Place find(Route.Page page) {
    Place known = found.get(page);
    if (known != null) {
      return known;
    }
    // Several requests for one page search once; a search for another does not wait.
    ReentrantLock searching = searches.computeIfAbsent(page, _ -> new ReentrantLock());
    searching.lock();
    try {
      Place meanwhile = found.get(page);
      if (meanwhile != null) {
        return meanwhile;
      }
      Place place = search(page);
      found.put(page, place);
      return place;
    } finally {
      searching.unlock();
      searches.remove(page, searching);
    }
  }

  @Override
  public void forget(Route.Page page) {
    found.remove(page);
  }

  private Place search(Route.Page page) {
    return switch (page) {
      case Route.Page.Master _ -> daemon(hosts.master(), "Master", spec.ports().masterUi());
      case Route.Page.History _ -> daemon(hosts.master(), "History Server", spec.ports().history());
      case Route.Page.Worker worker -> daemon(hostOf(worker), "Worker", spec.ports().workerUi());
      case Route.Page.Driver driver -> drivers.find(driver.application());
      case Route.Page.Unknown unknown ->
          throw Failure.of(
              unknown.id() + " is neither a Worker nor an Application",
              "Go by the links of the Master's page.");
    };
  }

  private String hostOf(Route.Page.Worker worker) {
    Matcher matcher = WORKER.matcher(worker.id());
    String address = matcher.matches() ? matcher.group(1) : "";
    String host = hostsByAddress.get(address);
    if (host == null) {
      // A host that came later.
      try {
        learn();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      host = hostsByAddress.get(address);
    }
    if (host == null) {
      throw Failure.of(
          worker.id() + " is on no host of the cluster " + spec.name(),
          "Go by the links of the Master's page.");
    }
    return host;
  }

  /// A port is asked only if it is the cluster's own login that listens there.
  private Place daemon(String host, String what, int port) {
    PageCredential.Doors doors = hosts.pageCredential().doors();
    Connection connection = hosts.connection(host);
    Set<Integer> ports =
        host.equals(hosts.master()) ? doors.ports() : PageCredential.ports(connection);
    if (!ports.contains(port)) {
      throw Failure.on(
          host,
          "no %s of this cluster listens on port %d".formatted(what, port),
          "`huddle status` shows what runs");
    }
    return new Place(connection, port, doors.authorization());
  }
}
