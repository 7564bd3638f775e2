package huddle.cli;

import huddle.apply.SideBySide;
import huddle.event.Failure;
import huddle.event.Printable;
import huddle.shell.Script;
import huddle.spark.MasterState;
import huddle.spec.Host;
import huddle.spec.Spelling;
import huddle.ssh.Connection;
import huddle.submit.Apps;
import huddle.submit.Drivers;
import huddle.submit.LogParts;
import huddle.submit.Submission;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/// What an Application wrote: its driver, and every executor on every host.
///
/// @param lines so many last ones of each at first
/// @param follow whether to go on as they grow
record ApplicationLogs(ClusterCommand command, int lines, boolean follow) {
  /// @param others words that might be meant as well
  int show(ClusterSession session, String word, Set<String> only, List<String> others)
      throws InterruptedException {
    // Asked without a cluster that answers, a slip should still be told.
    Optional<String> slip = Spelling.nearest(word, others);
    if (slip.isPresent() && !isId(word)) {
      throw new WrongInput(
          "\"%s\" is no daemon; did you mean %s?".formatted(Printable.line(word), slip.get()));
    }
    List<Host> hosts = session.spec().hosts();
    session.hosts().open(hosts);
    Host master = hosts.getFirst();
    Connection connection = session.hosts().connection(master.name());
    Optional<MasterState> state = session.hosts().masterClient().state();
    Apps apps = Apps.of(state, new Drivers(connection, master.root()).all());
    session.settle();
    Optional<Apps.App> known =
        apps.find(word).size() == 1 || !isId(word)
            ? Optional.of(AppsCommand.one(apps, word))
            : Optional.empty();
    String id = known.map(Apps.App::id).orElse(word);
    if (known.isPresent() && known.get().driverRuns() && !known.get().detached()) {
      command.err().println("The driver's output goes to where it was submitted.");
    }
    List<Host> asked =
        hosts.stream()
            .filter(host -> only.isEmpty() || only.contains(host.name()))
            .filter(host -> session.hosts().find(host.name()).isPresent())
            .toList();
    AtomicInteger failed = new AtomicInteger();
    AtomicInteger shown = new AtomicInteger();
    session
        .hosts()
        .failures()
        .forEach((host, failure) -> {
          failed.incrementAndGet();
          command.err().println(Printable.line(host) + ": " + failure.what());
        });
    String safeId = isId(id) ? id : "";
    if (follow) {
      SideBySide.run(
          asked, host -> one(session, host, safeId, driver(known, host, master), failed, shown));
    } else {
      for (Host host : asked) {
        one(session, host, safeId, driver(known, host, master), failed, shown);
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
      }
    }
    if (shown.get() == 0 && failed.get() == 0) {
      throw none(word, known);
    }
    return failed.get() == 0 ? 0 : 1;
  }

  /// Why no host has a log.
  static Failure none(String word, Optional<Apps.App> known) {
    boolean attached = known.filter(app -> !app.driver().isEmpty() && !app.detached()).isPresent();
    return Failure.of(
        "no host has a log of "
            + Printable.line(word)
            + (attached
                ? ": no executor wrote one, and its driver's output went to the terminal where it was submitted"
                : ""),
        attached
            ? "look there, or submit it with --detach, which keeps the output on the host"
            : "executors write one once they start; those of ended Applications go after a while");
  }

  /// As the Master makes them: it becomes the name of a folder on every host.
  private static boolean isId(String word) {
    return word.matches("app-[A-Za-z0-9_-]{1,60}");
  }

  private static String driver(Optional<Apps.App> known, Host host, Host master) {
    return host.equals(master) ? known.map(Apps.App::driver).orElse("") : "";
  }

  private void one(
      ClusterSession session,
      Host host,
      String id,
      String driver,
      AtomicInteger failed,
      AtomicInteger shown) {
    Script script =
        Script.resource(Submission.class, "app-logs")
            .with("ROOT", host.root())
            .with("APP", id)
            .with("DRIVER", driver)
            .with("LINES", Integer.toString(Math.clamp(lines, 0, 1_000_000)))
            .with("FOLLOW", follow ? "yes" : "");
    try (Connection.Session running = session.hosts().connection(host.name()).start(script)) {
      // Reading a pipe cannot be interrupted, waiting for the end can.
      Thread output =
          Thread.ofPlatform()
              .daemon()
              .start(() -> {
                try {
                  LogParts.read(
                      running.stdout(),
                      (place, line) -> {
                        shown.incrementAndGet();
                        command
                            .out()
                            .println(
                                Printable.line(host.name() + " " + place)
                                    + ": "
                                    + Printable.line(line));
                      });
                } catch (IOException e) {
                  // The connection broke; the exit code says so.
                }
              });
      int exit = running.exit();
      output.join();
      if (exit != 0) {
        failed.incrementAndGet();
        command.err().println(Printable.line(host.name()) + ": the logs cannot be read");
      }
    } catch (Failure e) {
      failed.incrementAndGet();
      command.err().println(Printable.line(host.name()) + ": " + e.what());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
