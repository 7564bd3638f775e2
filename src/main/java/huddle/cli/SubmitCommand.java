package huddle.cli;

import huddle.event.Failure;
import huddle.facts.FactsGatherer;
import huddle.facts.HostFacts;
import huddle.spark.MasterState;
import huddle.spark.SparkVersion;
import huddle.spec.Host;
import huddle.spec.Role;
import huddle.ssh.Connection;
import huddle.submit.Application;
import huddle.submit.Submission;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `huddle submit`: runs a program of the operator's on the cluster.
@Command(
    name = "submit",
    description = "Run a .py or .jar of this machine on the cluster; its exit code is passed on.",
    footerHeading = "Examples:%n",
    footer = {
      "  huddle submit job.py --rows 1000",
      "  huddle submit --conf spark.cores.max=4 job.py",
      "  huddle submit --class example.Main job.jar input"
    })
final class SubmitCommand extends ClusterCommand {
  @Parameters(paramLabel = "APP", index = "0", description = "A .py or .jar on this machine.")
  Path app = Path.of("");

  @Parameters(
      paramLabel = "ARGS",
      index = "1..*",
      arity = "0..*",
      description = "Arguments of the Application.")
  List<String> arguments = List.of();

  @Option(names = "--class", paramLabel = "CLASS", description = "Main class of a jar.")
  String mainClass = "";

  @Option(names = "--name", paramLabel = "NAME", description = "Name of the Application.")
  String name = "";

  @Option(
      names = "--conf",
      paramLabel = "KEY=VALUE",
      description = "A spark.* key; may be given more than once.")
  List<String> conf = List.of();

  /// Where an Application runs and how it is let in is the cluster's business.
  private static final List<String> OWNED =
      List.of("spark.master=", "spark.authenticate", "spark.submit.deployMode=");

  SubmitCommand(Context context) {
    super(context);
  }

  @Override
  String command() {
    return "submit";
  }

  @Override
  int run(ClusterSession session) throws InterruptedException {
    Application application = application();
    Host master = session.spec().hosts().getFirst();
    session.hosts().open(List.of(master));
    Connection connection = session.hosts().connection(master.name());
    HostFacts facts = new FactsGatherer(context.clock()).gather(connection, master);
    Optional<MasterState> state =
        facts.installed().running().containsKey(Role.MASTER)
            ? session.hosts().masterClient().state()
            : Optional.empty();
    if (state.isEmpty()) {
      throw Failure.on(master.name(), "the cluster is not up: no Master runs", "run `huddle up`");
    }
    if (state.get().workers().stream().noneMatch(MasterState.Worker::isAlive)) {
      throw Failure.on(master.name(), "the cluster has no Worker that is alive", "run `huddle up`");
    }
    String spark =
        facts.installed().sparks().keySet().stream()
            .max(
                Comparator.comparing(folder ->
                    SparkVersion.parse(folder.substring("spark-".length()))
                        .orElse(new SparkVersion(0, 0, 0))))
            .orElseThrow(() -> Failure.on(master.name(), "no Spark there", "run `huddle up`"));
    session.settle();
    String root = facts.installed().root();
    try {
      return new Submission(connection, root, root + "/" + spark)
          .run(application, out().stream(), err().stream());
    } catch (InterruptedException e) {
      err().println("Interrupted; the Application is ended.");
      return Cli.INTERRUPTED;
    }
  }

  private Application application() {
    Path file = context.folder().resolve(app);
    String text = file.toString();
    if (!text.endsWith(".py") && !text.endsWith(".jar")) {
      throw new WrongInput(app + " is neither a .py nor a .jar");
    }
    if (!Files.isReadable(file) || Files.isDirectory(file)) {
      throw new WrongInput(app + (Files.exists(file) ? " cannot be read" : " does not exist"));
    }
    if (!mainClass.isEmpty() && text.endsWith(".py")) {
      throw new WrongInput("--class goes with a .jar, not with " + app);
    }
    Map<String, String> keys = new LinkedHashMap<>();
    for (String pair : conf) {
      int equals = pair.indexOf('=');
      if (OWNED.stream().anyMatch(pair::startsWith)) {
        throw new WrongInput(
            "--conf %s: the cluster decides this; leave it out"
                .formatted(pair.replaceFirst("=.*", "")));
      }
      if (equals < 1 || !pair.startsWith("spark.")) {
        throw new WrongInput("--conf %s: write it as spark.some.key=value".formatted(pair));
      }
      keys.put(pair.substring(0, equals), pair.substring(equals + 1));
    }
    Path last = file.getFileName();
    return new Application(
        file, arguments, mainClass, name.isEmpty() ? String.valueOf(last) : name, keys);
  }
}
