package huddle.cli;

import huddle.apply.SideBySide;
import huddle.data.HostPath;
import huddle.data.Pull;
import huddle.event.Count;
import huddle.event.Event;
import huddle.event.Failure;
import huddle.spec.Host;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `huddle pull`: files of a host, here.
@Command(
    name = "pull",
    description = "Bring files and folders of a host here.",
    footerHeading = "Examples:%n",
    footer = {
      "  huddle pull result.csv                  from the data folder of the Master's host",
      "  huddle pull --from worker.two out       from another host",
      "  huddle pull --from all --to parts out   of every host, each into its own folder"
    })
final class PullCommand extends ClusterCommand {
  @Parameters(
      paramLabel = "PATH",
      arity = "1..*",
      description = "A path in the data folder, or an absolute one; . is the whole data folder.")
  List<String> paths = List.of();

  @Option(
      names = "--from",
      paramLabel = "HOST",
      description =
          "Which host; all: every one, each into a folder of its name. Default: the Master's.")
  String from = "";

  @Option(names = "--to", paramLabel = "DIR", description = "Where to; default: this folder.")
  Path to = Path.of("");

  PullCommand(Context context) {
    super(context);
  }

  @Override
  String command() {
    return "pull";
  }

  @Override
  boolean streams() {
    return true;
  }

  @Override
  int run(ClusterSession session) throws InterruptedException {
    Path folder = folder(context.folder(), to, paths);
    List<Host> hosts = hosts(session);
    session.hosts().open(hosts);
    Map<String, Failure> failures = new ConcurrentHashMap<>(session.hosts().failures());
    failures.forEach((host, failure) -> report(session, host, failure));
    List<Path> arrived = new java.util.concurrent.CopyOnWriteArrayList<>();
    SideBySide.run(
        hosts.stream().filter(host -> !failures.containsKey(host.name())).toList(),
        host -> {
          Path place =
              from.equals("all") || hosts.size() > 1 ? folder.resolve(host.name()) : folder;
          Pull pull =
              new Pull(
                  session.hosts().connection(host.name()),
                  session.spec().dataFolder(),
                  session.events());
          try {
            for (String path : paths) {
              arrived.add(pull.run(path, place));
            }
          } catch (Failure failure) {
            failures.put(host.name(), failure);
            report(session, host.name(), failure);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    String log = session.keep(List.copyOf(failures.values()));
    session
        .events()
        .report(
            new Event.Finished(
                session.spec().name(),
                failures.isEmpty() ? Count.of(arrived, "path") + " here" : "pull did not succeed",
                List.copyOf(new TreeMap<>(failures).keySet()),
                log));
    session.settle();
    if (!options.json) {
      arrived.stream().sorted().forEach(path -> out().println(path.toString()));
    }
    return failures.isEmpty() ? 0 : 1;
  }

  /// The folder of this machine that these paths come into.
  ///
  /// @throws WrongInput if it is none, or one of them is no path
  static Path folder(Path here, Path to, List<String> paths) {
    for (String path : paths) {
      HostPath.problem(path)
          .ifPresent(wrong -> {
            throw new WrongInput("%s %s".formatted(path.isEmpty() ? "a path" : path, wrong));
          });
    }
    Path folder = here.resolve(to);
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new WrongInput("--to " + to + " is a file");
    }
    return folder;
  }

  private List<Host> hosts(ClusterSession session) {
    List<Host> all = session.spec().hosts();
    if (from.equals("all")) {
      return all;
    }
    if (from.isEmpty()) {
      return options.only().isEmpty()
          ? List.of(all.getFirst())
          : all.stream().filter(host -> options.only().contains(host.name())).toList();
    }
    List<Host> named = all.stream().filter(host -> host.name().equals(from)).toList();
    if (named.isEmpty()) {
      throw new WrongInput(
          "--from %s: the cluster has no such host; it has %s"
              .formatted(from, String.join(", ", all.stream().map(Host::name).limit(10).toList())));
    }
    return named;
  }

  private static void report(ClusterSession session, String host, Failure failure) {
    session.events().report(new Event.Failed(host, "pull", failure.what(), failure.remedy()));
  }
}
