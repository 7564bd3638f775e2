package huddle.cli;

import huddle.apply.SideBySide;
import huddle.change.PrepareData;
import huddle.data.HostPath;
import huddle.data.Push;
import huddle.data.PushPath;
import huddle.event.Event;
import huddle.event.Failure;
import huddle.spec.Host;
import huddle.ssh.Output;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `huddle push`: the same files on every host.
@Command(
    name = "push",
    description = "Put files and folders of this machine at the same place on every host.",
    footerHeading = "Examples:%n",
    footer = {
      "  huddle push words.txt         then read file:///var/tmp/huddle-NAME/words.txt",
      "  huddle push data/ more.csv    what is there already is not sent again",
      "  huddle push --to /data/in x   elsewhere than the file's `data:` folder"
    })
final class PushCommand extends ClusterCommand {
  @Parameters(paramLabel = "PATH", arity = "1..*", description = "A file or folder here.")
  List<Path> paths = List.of();

  @Option(
      names = "--to",
      paramLabel = "FOLDER",
      description = "Where to, absolute; default: the cluster's data folder.")
  Optional<String> to = Optional.empty();

  PushCommand(Context context) {
    super(context);
  }

  @Override
  String command() {
    return "push";
  }

  @Override
  boolean streams() {
    return true;
  }

  @Override
  int run(ClusterSession session) throws InterruptedException {
    String data = session.spec().dataFolder();
    String folder = to.map(path -> path.replaceFirst("(?<=.)/+$", "")).orElse(data);
    if (to.isPresent()) {
      HostPath.folderProblem(folder)
          .ifPresent(wrong -> {
            throw new WrongInput("--to %s %s".formatted(folder, wrong));
          });
    }
    List<PushPath> wanted = wanted(context.folder(), paths);
    Set<String> only = options.only();
    List<Host> hosts =
        session.spec().hosts().stream()
            .filter(host -> only.isEmpty() || only.contains(host.name()))
            .toList();
    session.step("Connecting to " + (hosts.size() == 1 ? "1 host" : hosts.size() + " hosts"));
    session.hosts().open(hosts);
    Map<String, Failure> failures = new ConcurrentHashMap<>(session.hosts().failures());
    Map<String, Push.Target> targets = new ConcurrentHashMap<>();
    failures.values().forEach(failure -> report(session, failure));
    SideBySide.run(
        hosts.stream().filter(host -> !failures.containsKey(host.name())).toList(),
        host -> {
          try {
            targets.put(host.name(), ready(session, host, folder.equals(data)));
          } catch (Failure failure) {
            failures.put(host.name(), failure);
            report(session, failure);
          }
        });
    List<Push.Target> inOrder =
        hosts.stream()
            .flatMap(host -> Optional.ofNullable(targets.get(host.name())).stream())
            .toList();
    new Push(new Push.Order(session.spec().name(), folder, wanted), inOrder, session.events())
        .run()
        .forEach(failure -> failures.put(failure.host().orElse(""), failure));
    return finish(session, hosts, folder, wanted, new TreeMap<>(failures));
  }

  /// What is to be pushed.
  ///
  /// @throws WrongInput if one cannot be, or two have one name
  static List<PushPath> wanted(Path folder, List<Path> paths) {
    List<PushPath> wanted = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Path path : paths) {
      try {
        PushPath one = PushPath.of(folder.resolve(path));
        if (!names.add(one.name())) {
          throw new WrongInput("two of the paths are called " + one.name());
        }
        wanted.add(one);
      } catch (Failure failure) {
        throw new WrongInput(
            failure.what() + (failure.remedy().isEmpty() ? "" : "; " + failure.remedy()));
      }
    }
    return wanted;
  }

  private static Push.Target ready(ClusterSession session, Host host, boolean data) {
    var connection = session.hosts().connection(host.name());
    if (data) {
      var script =
          PrepareData.script(host.root(), session.spec().dataFolder(), session.spec().name());
      Output output = connection.run(script, Duration.ofSeconds(30));
      if (output.exit() != 0) {
        throw PrepareData.failed(host.name(), output.stderr());
      }
    }
    return new Push.Target(connection, host.root());
  }

  private static void report(ClusterSession session, Failure failure) {
    session
        .events()
        .report(
            new Event.Failed(failure.host().orElse(""), "host", failure.what(), failure.remedy()));
  }

  private int finish(
      ClusterSession session,
      List<Host> hosts,
      String folder,
      List<PushPath> wanted,
      Map<String, Failure> failures) {
    String log = session.keep(List.copyOf(failures.values()));
    int all = hosts.size();
    String done =
        failures.isEmpty()
            ? "%s in %s on %s"
                .formatted(
                    wanted.size() == 1 ? wanted.getFirst().name() : wanted.size() + " paths",
                    folder,
                    all == 1 ? "the host" : "all " + all + " hosts")
            : "push did not succeed";
    session
        .events()
        .report(
            new Event.Finished(session.spec().name(), done, List.copyOf(failures.keySet()), log));
    session.settle();
    if (!options.json && failures.size() < all) {
      wanted.forEach(path -> out().println(address(folder + "/" + path.name())));
    }
    return failures.isEmpty() ? 0 : 1;
  }

  /// As Spark reads it, odd characters escaped.
  static String address(String path) {
    try {
      return "file://" + new URI(null, null, path, null).toASCIIString();
    } catch (URISyntaxException e) {
      return "file://" + path;
    }
  }
}
