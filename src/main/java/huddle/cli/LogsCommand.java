package huddle.cli;

import huddle.event.Failure;
import huddle.event.Printable;
import huddle.shell.Script;
import huddle.spec.ClusterSpec;
import huddle.spec.Host;
import huddle.spec.Role;
import huddle.ssh.Connection;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `huddle logs`: what the daemons wrote.
@Command(
    name = "logs",
    description = "Show the logs of the Master, the Workers and the services, or an Application's.",
    footerHeading = "Examples:%n",
    footer = {
      "  huddle logs                            the last lines of every daemon",
      "  huddle logs master -n 200              the Master's",
      "  huddle logs connect                    the Spark Connect server's",
      "  huddle logs worker --host worker.two   one Worker's",
      "  huddle logs app-20261124191400-0000    an Application's: its driver and every executor",
      "  huddle logs --follow                   as they grow"
    })
final class LogsCommand extends ClusterCommand {
  @Parameters(
      paramLabel = "WHAT",
      arity = "0..1",
      description =
          "master, worker, history, connect, thrift, notebook, or an Application's id or name; default: all daemons that the file names.")
  String daemon = "";

  @Option(
      names = {"-n", "--lines"},
      paramLabel = "N",
      description = "So many lines of each; default: ${DEFAULT-VALUE}.")
  int lines = 50;

  @Option(
      names = {"-F", "--follow"},
      description = "Go on as the logs grow, until Ctrl-C.")
  boolean follow;

  LogsCommand(Context context) {
    super(context);
  }

  @Override
  String command() {
    return "logs";
  }

  private record Source(Host host, Role role) {}

  @Override
  int run(ClusterSession session) throws InterruptedException {
    List<String> words = Arrays.stream(Role.values()).map(Role::word).toList();
    if (!daemon.isEmpty() && !words.contains(daemon)) {
      return new ApplicationLogs(this, lines, follow).show(session, daemon, options.only(), words);
    }
    Set<String> only = options.only();
    List<Source> sources = new ArrayList<>();
    for (Host host : session.spec().hosts()) {
      for (Role role : Role.values()) {
        if (isOn(session.spec(), host, role)
            && (daemon.isEmpty() || role.word().equals(daemon))
            && (only.isEmpty() || only.contains(host.name()))) {
          sources.add(new Source(host, role));
        }
      }
    }
    session.hosts().open(sources.stream().map(Source::host).distinct().toList());
    session.settle();
    AtomicInteger failed = new AtomicInteger();
    if (follow) {
      huddle.apply.SideBySide.run(
          sources, source -> show(session, source, sources.size() > 1, failed));
    } else {
      for (Source source : sources) {
        show(session, source, sources.size() > 1, failed);
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
      }
    }
    return failed.get() == 0 ? 0 : 1;
  }

  /// A service that the file does not ask for may have been started on demand.
  private boolean isOn(ClusterSpec spec, Host host, Role role) {
    return host.is(role)
        || (role.isService()
            && role.word().equals(daemon)
            && spec.placeOf(role).equals(host.name()));
  }

  private void show(ClusterSession session, Source source, boolean named, AtomicInteger failed) {
    String prefix = named ? source.host().name() + " " + source.role().word() + ": " : "";
    Script script =
        Script.resource(LogsCommand.class, "logs")
            .with("ROOT", source.host().root())
            .with("ROLE", source.role().word())
            .with("LINES", Integer.toString(Math.clamp(lines, 0, 1_000_000)))
            .with("FOLLOW", follow ? "yes" : "");
    try (Connection.Session running =
        session.hosts().connection(source.host().name()).start(script)) {
      // Reading a pipe cannot be interrupted, waiting for the end can.
      Thread output = Thread.ofPlatform().daemon().start(() -> print(running.stdout(), prefix));
      int exit = running.exit();
      output.join();
      if (exit != 0) {
        failed.incrementAndGet();
        String why = new String(running.stderr().readNBytes(4000), StandardCharsets.UTF_8).strip();
        err().println(prefix + Printable.line(why));
      }
    } catch (IOException e) {
      failed.incrementAndGet();
      err().println(prefix + "the connection broke: " + e.getMessage());
    } catch (Failure e) {
      failed.incrementAndGet();
      err().println(prefix + e.what());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void print(InputStream log, String prefix) {
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(log, StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        out().println(prefix + Printable.line(line));
      }
    } catch (IOException e) {
      // The exit code of the script tells how it ended.
    }
  }
}
