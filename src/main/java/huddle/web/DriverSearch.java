package huddle.web;

import com.fasterxml.jackson.jr.ob.JSON;
import huddle.apply.Hosts;
import huddle.apply.PageCredential;
import huddle.event.Failure;
import huddle.spark.MasterState;
import huddle.spec.ClusterSpec;
import huddle.spec.Host;
import huddle.ssh.Connection;
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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/// Finds the page of an Application's driver, which may run on any host and at any port: asks every
/// page that the cluster's login has which Application it is of.
record DriverSearch(ClusterSpec spec, Hosts hosts) {
  private static final int MOST_CANDIDATES = 64;

  /// A driver that has much to do answers its first question late; what else listens may never.
  private static final Duration ANSWER = Duration.ofSeconds(30);

  private static final String HISTORY =
      "An Application that has ended is in the history, where there is one: `huddle open history`.";

  private static final int LARGEST_LIST = 1 << 20;

  /// Where the driver's page answers.
  ///
  /// @throws Failure if none is found
  Place find(String application) {
    if (hasEnded(application)) {
      throw Failure.of("Application " + application + " has ended", HISTORY);
    }
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
    throw Failure.of("no driver of " + application + " runs on a host of the cluster", HISTORY);
  }

  /// Whether the Master says so, which is quicker than to ask whoever might still be it.
  private boolean hasEnded(String application) {
    return hosts
        .masterClient()
        .state()
        .filter(MasterState::isAlive)
        .filter(state -> state.ended().stream().anyMatch(app -> app.id().equals(application)))
        .isPresent();
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
