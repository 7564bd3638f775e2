package huddle.doctor;

import huddle.event.Failure;
import huddle.shell.Script;
import huddle.ssh.Connection;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Lists what the cluster listens on, on each host, and tries all of it as somebody without a
/// credential would: from every host, its own included, and from here.
public final class ExposureCheck {
  private static final Duration LISTING = Duration.ofSeconds(60);
  private static final int CONNECT_MILLIS = 3_000;

  /// Questions under way at once: sshd opens ten channels a connection.
  private static final int WIDTH = 8;

  private final Map<String, Place> places;

  /// One host.
  ///
  /// @param root of the cluster there, as in the file
  /// @param address where the other hosts reach it
  /// @param isHere whether the operator sits on it
  public record Place(Connection connection, String root, String address, boolean isHere) {}

  /// @param places by host name, of those that are reached
  public ExposureCheck(Map<String, Place> places) {
    this.places = new TreeMap<>(places);
  }

  /// Looks. A host that fails is named in the result.
  ///
  /// @param unreached why hosts are not among the places
  public Exposure look(Map<String, String> unreached) throws InterruptedException {
    Map<String, String> unlooked = new ConcurrentHashMap<>(unreached);
    List<Door> doors = Collections.synchronizedList(new ArrayList<>());
    List<Exposure.Try> tries = Collections.synchronizedList(new ArrayList<>());
    sideBySide(
        places.entrySet().stream().<Task>map(place -> () -> list(place, doors, unlooked)).toList());
    List<Task> asked = new ArrayList<>();
    for (Door door : List.copyOf(doors)) {
      places.forEach((from, place) -> {
        // From elsewhere, what is bound to loopback is tried at the address that it is not bound
        // to. Where the operator sits on a host, that host is the operator's place too.
        if (!door.host().equals(from) || door.isLoopback() || place.isHere()) {
          asked.add(() -> tries.add(knock(door, from, place.connection()::dial)));
        }
      });
      if (places.values().stream().noneMatch(Place::isHere)) {
        asked.add(() -> tries.add(knock(door, Exposure.OPERATOR, ExposureCheck::socket)));
      }
    }
    sideBySide(asked);
    return Exposure.seen(List.copyOf(tries), unlooked);
  }

  private interface Task {
    void run() throws InterruptedException;
  }

  private static void list(
      Map.Entry<String, Place> place, List<Door> doors, Map<String, String> unlooked) {
    Script script =
        Script.resource(ExposureCheck.class, "doors").with("ROOT", place.getValue().root());
    try {
      doors.addAll(
          Doors.read(place.getKey(), place.getValue().connection().run(script, LISTING).stdout()));
    } catch (Failure failure) {
      unlooked.put(place.getKey(), failure.what());
    }
  }

  private Exposure.Try knock(Door door, String from, Visitor.Way way) throws InterruptedException {
    Place there = places.get(door.host());
    String address =
        there == null || from.equals(door.host())
            ? door.address()
            : door.addressFrom(there.address());
    return new Exposure.Try(door, from, new Visitor(way).knock(address, door.port()));
  }

  private static void sideBySide(List<Task> tasks) throws InterruptedException {
    try (ExecutorService threads =
        Executors.newFixedThreadPool(WIDTH, Thread.ofVirtual().factory())) {
      List<Future<?>> running = new ArrayList<>();
      for (Task task : tasks) {
        running.add(
            threads.submit(() -> {
              task.run();
              return null;
            }));
      }
      try {
        for (Future<?> one : running) {
          one.get();
        }
      } catch (InterruptedException e) {
        threads.shutdownNow();
        throw e;
      } catch (ExecutionException e) {
        threads.shutdownNow();
        throw new IllegalStateException(e.getCause());
      }
    }
  }

  private static Connection.Channel socket(String address, int port) throws IOException {
    SocketChannel socket = SocketChannel.open();
    try {
      socket.socket().connect(new InetSocketAddress(address, port), CONNECT_MILLIS);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
    return Connection.Channel.of(socket);
  }
}
