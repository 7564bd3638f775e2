package huddle.web;

import com.fasterxml.jackson.jr.ob.JSON;
import huddle.apply.ClusterGatherer;
import huddle.apply.Hosts;
import huddle.apply.PageCredential;
import huddle.event.Failure;
import huddle.plan.ClusterFacts;
import huddle.spec.ClusterSpec;
import huddle.spec.Host;
import huddle.ssh.Connection;
import huddle.status.ClusterStatus;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Finds pages on the hosts of a cluster: daemons by their ports in the file, drivers by asking
/// every page that the cluster's login has which Application it is of. What was found is kept until
/// it does not answer any more.
public final class ClusterPlaces implements Places {
  private static final Pattern WORKER = Pattern.compile("worker-[0-9]{1,20}-(.+)-([0-9]{1,5})");

  private static final int MOST_CANDIDATES = 64;

  /// A driver that has much to do answers its first question late; what else listens may never.
  private static final Duration ANSWER = Duration.ofSeconds(30);

  private static final int LARGEST_LIST = 1 << 20;

  private final ClusterSpec spec;
  private final Hosts hosts;
  private final ClusterGatherer gatherer;
  private final Map<Route.Page, Place> found = new ConcurrentHashMap<>();
  private final Map<String, String> hostsByAddress = new ConcurrentHashMap<>();
  private final Map<Route.Page, ReentrantLock> searches = new ConcurrentHashMap<>();

  public ClusterPlaces(ClusterSpec spec, Hosts hosts, ClusterGatherer gatherer) {
    this.spec = spec;
    this.hosts = hosts;
    this.gatherer = gatherer;
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
      case Route.Page.Driver driver -> driver(driver.application());
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

  private Place driver(String application) {
    Optional<String> authorization = hosts.pageCredential().doors().authorization();
    List<String> order = new ArrayList<>(List.of(hosts.master()));
    spec.hosts().stream().map(Host::name).filter(name -> !order.contains(name)).forEach(order::add);
    Optional<Place> place =
        first(
            order.stream()
                .<Callable<Optional<Place>>>map(
                    host -> () -> driverOn(host, application, authorization))
                .toList());
    if (place.isPresent()) {
      return place.get();
    }
    throw Failure.of(
        "no driver of " + application + " runs on a host of the cluster",
        "An Application that has ended is in the history, where there is one.");
  }

  private Optional<Place> driverOn(
      String host, String application, Optional<String> authorization) {
    Connection connection;
    Set<Integer> ports;
    try {
      connection = hosts.connection(host);
      ports = PageCredential.ports(connection);
    } catch (Failure failure) {
      return Optional.empty();
    }
    // Side by side: which port a driver takes is its own choice, and an answer ends the search.
    return ofApplication(
        connection,
        ports.stream().filter(port -> !isDaemon(port)).limit(MOST_CANDIDATES).toList(),
        application,
        authorization);
  }

  private static Optional<Place> ofApplication(
      Connection connection,
      List<Integer> ports,
      String application,
      Optional<String> authorization) {
    return first(
        ports.stream()
            .map(port -> new Place(connection, port, authorization))
            .<Callable<Optional<Place>>>map(place ->
                () ->
                    applications(place).contains(application)
                        ? Optional.of(place)
                        : Optional.empty())
            .toList());
  }

  /// Asks side by side; the first answer counts, whoever else is slow.
  private static Optional<Place> first(List<Callable<Optional<Place>>> asked) {
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    try {
      CompletionService<Optional<Place>> answers = new ExecutorCompletionService<>(threads);
      for (Callable<Optional<Place>> one : asked) {
        var _ = answers.submit(one);
      }
      for (int left = asked.size(); left > 0; left--) {
        Optional<Place> place = answers.take().get();
        if (place.isPresent()) {
          return place;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } finally {
      threads.shutdownNow();
    }
    return Optional.empty();
  }

  private boolean isDaemon(int port) {
    return port == spec.ports().master()
        || port == spec.ports().masterUi()
        || port == spec.ports().worker()
        || port == spec.ports().workerUi()
        || port == spec.ports().connect()
        || port == spec.ports().thrift()
        || port == spec.ports().history();
  }

  /// Ids of the Applications that a page says it is of; empty if it is no driver's.
  private static Set<String> applications(Place place) {
    Question question = new Question("GET", "/api/v1/applications", List.of(), "");
    try (Connection.Channel channel = place.dial();
        Patience patience = Patience.with(channel, ANSWER)) {
      channel.out().write(question.bytes(place.authority(), place.authorization()));
      Answer answer = Answer.read(new BufferedInputStream(patience.watching(channel.in())), false);
      if (answer.status() != 200) {
        return Set.of();
      }
      int most = (int) Math.min(LARGEST_LIST, answer.length().orElse(LARGEST_LIST));
      return JSON.std.listFrom(answer.body().readNBytes(most)).stream()
          .filter(Map.class::isInstance)
          .map(entry -> ((Map<?, ?>) entry).get("id"))
          .filter(String.class::isInstance)
          .map(String.class::cast)
          .collect(Collectors.toSet());
    } catch (IOException | Failure e) {
      // Something else of the login's, that does not speak as a driver's page does.
      return Set.of();
    }
  }
}
