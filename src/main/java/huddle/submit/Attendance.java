package huddle.submit;

import huddle.event.Count;
import huddle.event.Failure;
import huddle.event.Printable;
import huddle.json.JsonText;
import huddle.shell.Script;
import huddle.spark.Fit;
import huddle.spark.MasterState;
import huddle.ssh.Connection;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/// Stands by a driver while it runs: learns its Application's id and page from its notes, says why
/// it waits, and how far it is. Everything here is beside the point: what fails is not said.
public final class Attendance implements AutoCloseable {
  private static final Duration TICK = Duration.ofMillis(500);
  private static final int TICKS_BEFORE_WAITING = 8;
  private static final int TICKS_OFTEN = 6;
  private static final int TICKS_SELDOM = 40;

  /// After so many looks at an Application that has cores, its executors should have come.
  private static final int LOOKS_WITHOUT_EXECUTORS = 12;

  /// Who hears of it.
  ///
  /// @param master asks the Master
  /// @param pages opens the page at a port
  /// @param fit of its executors; asked once it waits, as it asks every host for its address
  /// @param line takes a sentence
  /// @param progress takes how far it is, empty while nothing runs; absent: nobody looks
  public record Listener(
      Supplier<Optional<MasterState>> master,
      IntFunction<Page> pages,
      Supplier<Fit> fit,
      java.util.function.Consumer<String> line,
      Optional<java.util.function.Consumer<Optional<String>>> progress) {}

  private final Connection connection;
  private final Listener listener;
  private final Connection.Session session;
  private final DriverApi api;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Object known = new Object();
  private DriverNotes notes = DriverNotes.NONE;
  private String said = "";
  private boolean hasRun;
  private boolean reached;
  private int looks;

  /// @param id of the driver
  public static Attendance of(Connection connection, String root, String id, Listener listener) {
    Connection.Session session =
        connection.start(
            Script.resource(Attendance.class, "watch").with("ROOT", root).with("ID", id));
    Attendance attendance = new Attendance(connection, listener, session);
    Thread.ofPlatform().daemon().name("driver-notes").start(attendance::read);
    Thread.ofPlatform().daemon().name("driver-attendance").start(attendance::attend);
    return attendance;
  }

  private Attendance(Connection connection, Listener listener, Connection.Session session) {
    this.connection = connection;
    this.listener = listener;
    this.session = session;
    this.api = new DriverApi(listener.pages(), InstantSource.system());
  }

  /// What is known of the driver.
  public DriverNotes notes() {
    synchronized (known) {
      return notes;
    }
  }

  /// Waits until the Master has its Application; empty if the driver ends before, or takes too
  /// long.
  public Optional<String> awaitApplication(Duration bound) throws InterruptedException {
    long deadline = System.nanoTime() + bound.toNanos();
    while (System.nanoTime() < deadline) {
      boolean over = ended.await(100, TimeUnit.MILLISECONDS);
      Optional<String> application = notes().application();
      if (application.isPresent() || over) {
        return application;
      }
    }
    return Optional.empty();
  }

  /// Whether the driver has ended.
  public boolean hasEnded() {
    return ended.getCount() == 0;
  }

  private void read() {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(session.stdout(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        synchronized (known) {
          notes = notes.with(line);
        }
      }
    } catch (IOException e) {
      // The connection broke: the driver's own streams say so.
    } finally {
      ended.countDown();
    }
  }

  private void attend() {
    try {
      for (int tick = 1; !ended.await(TICK.toMillis(), TimeUnit.MILLISECONDS); tick++) {
        look(tick, notes());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look(int tick, DriverNotes now) {
    try {
      boolean due = tick % (hasRun && reached ? TICKS_SELDOM : TICKS_OFTEN) == 0;
      if (due && tick >= TICKS_BEFORE_WAITING && now.application().isPresent()) {
        lookAtMaster(now);
      }
      if (listener.progress().isPresent() && now.page().isPresent()) {
        listener.progress().get().accept(progress(now, now.page().getAsInt()));
      }
    } catch (Failure e) {
      // The next look may do better; the driver goes on in any case.
    }
  }

  private void lookAtMaster(DriverNotes now) {
    String id = now.application().orElse("");
    Optional<MasterState> state = listener.master().get();
    Optional<MasterState.Application> application =
        state.stream()
            .flatMap(s -> s.applications().stream())
            .filter(a -> a.id().equals(id))
            .findFirst();
    if (state.isEmpty() || application.isEmpty()) {
      return;
    }
    if (application.get().state().equals("WAITING") && application.get().cores() == 0) {
      say(listener.fit().get().waiting(state.get(), id));
      return;
    }
    if (!said.isEmpty() && !hasRun) {
      listener.line().accept("it got " + Count.of(application.get().cores(), "core"));
    }
    hasRun = true;
    if (!reached
        && application.get().cores() > 0
        && now.page().isPresent()
        && api.isOpen(now.page().getAsInt(), now.started())) {
      lookAtExecutors(id, now, now.page().getAsInt());
    }
  }

  /// Executors that start and cannot reach the driver look like none to it.
  private void lookAtExecutors(String id, DriverNotes now, int port) {
    Optional<String> answer =
        api.get(port, now.started(), "/api/v1/applications/" + id + "/allexecutors");
    if (answer.isEmpty()) {
      reached = true;
      return;
    }
    List<String> executors =
        new JsonText(connection.host(), "the driver's list of executors", answer.get())
            .list().stream()
                .filter(e -> e instanceof Map<?, ?>)
                .map(e -> ((Map<?, ?>) e).get("id") instanceof String text ? text : "")
                .filter(e -> !e.equals("driver"))
                .toList();
    reached = !executors.isEmpty();
    looks++;
    if (!reached && looks == LOOKS_WITHOUT_EXECUTORS) {
      listener
          .line()
          .accept(
              "executors were started, and none has reached the driver on %s yet: see whether the Workers' hosts reach it by TCP on every port, and what `huddle logs %s` says"
                  .formatted(connection.host(), id));
    }
  }

  private Optional<String> progress(DriverNotes now, int port) {
    return api.get(
            port,
            now.started(),
            "/api/v1/applications/" + now.application().orElse("") + "/jobs?status=running")
        .flatMap(JobProgress::parse)
        .map(JobProgress::text);
  }

  private void say(String line) {
    if (!line.equals(said)) {
      said = line;
      listener.line().accept(Printable.line(line));
    }
  }

  @Override
  public void close() {
    ended.countDown();
    session.close();
    listener.progress().ifPresent(take -> take.accept(Optional.empty()));
  }
}
