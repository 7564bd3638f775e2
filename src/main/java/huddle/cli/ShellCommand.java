package huddle.cli;

import huddle.change.Change;
import huddle.event.Failure;
import huddle.shell.Script;
import huddle.shell.ShellWord;
import huddle.spark.Shares;
import huddle.spec.Spelling;
import huddle.ssh.Connectors;
import huddle.ssh.Output;
import huddle.ssh.SshClient;
import huddle.submit.Drivers;
import huddle.submit.ShellProgram;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `huddle shell`: one of Spark's own shells on the cluster, on this terminal.
@Command(
    name = "shell",
    description = "Open a Python, Scala or SQL shell on the cluster; it runs on the Master's host.",
    footerHeading = "Examples:%n",
    footer = {
      "  huddle shell                      Python, with `spark` there",
      "  huddle shell scala",
      "  huddle shell sql -e 'SELECT 1'    what follows is for Spark's own program",
      "  huddle shell --cores 8 python"
    })
final class ShellCommand extends ClusterCommand {
  private static final Duration BOUND = Duration.ofSeconds(60);
  private static final Duration END = Duration.ofSeconds(10);

  /// The least exit code of what a signal ended, or a connection that broke.
  private static final int SIGNALLED = 129;

  @Parameters(
      paramLabel = "KIND",
      arity = "0..1",
      index = "0",
      description = "python, scala or sql; default: python.")
  String kind = "python";

  @Parameters(
      paramLabel = "ARGS",
      arity = "0..*",
      index = "1..*",
      description = "For Spark's own program.")
  List<String> arguments = List.of();

  @Mixin Conf conf = new Conf();

  ShellCommand(Context context) {
    super(context);
  }

  @Override
  String command() {
    return "shell";
  }

  @Override
  int run(ClusterSession session) throws InterruptedException {
    ShellProgram program =
        ShellProgram.of(kind)
            .orElseThrow(() ->
                new WrongInput(
                    "%s is no shell%s; write python, scala or sql"
                        .formatted(
                            huddle.event.Printable.line(kind),
                            Spelling.nearest(kind, List.of("python", "scala", "sql"))
                                .map(near -> "; did you mean " + near + "?")
                                .orElse(""))));
    Map<String, String> set = conf.keys();
    Shares.Wish wish = conf.wish();
    RunningCluster cluster = RunningCluster.find(session).withWorkers();
    Map<String, String> keys = cluster.keys(Shares.Kind.INTERACTIVE, wish, set);
    cluster.refuseWhatNeverFits(keys);
    session.settle();
    if (err().tty() && !options.quiet) {
      err().println(pages());
    }
    ShellProgram.Start start = program.start(cluster.place(), keys, arguments);
    Output prepared =
        cluster
            .connection()
            .run(
                Script.resource(ShellProgram.class, "shell-prepare")
                    .with("ROOT", cluster.root())
                    .with("ID", start.id())
                    .with(
                        "PROGRAM",
                        start
                            .script()
                            .after(Script.resource(Change.class, "environment"))
                            .render()),
                BOUND);
    if (prepared.exit() != 0) {
      throw Failure.on(cluster.master().name(), "no shell there: " + prepared.stderr().strip(), "");
    }
    Drivers drivers = new Drivers(cluster.connection(), cluster.root());
    try {
      int exit = onTerminal(session, cluster, start.program(cluster.root()));
      if (exit >= SIGNALLED) {
        // Without a terminal over there nobody tells what runs that we are gone.
        drivers.end(start.id());
      }
      return exit;
    } catch (InterruptedException e) {
      drivers.end(start.id());
      throw e;
    }
  }

  /// Spark itself prints an address of the host's loopback, which opens nowhere else.
  String pages() {
    return "Its pages are at: huddle open%s app"
        .formatted(options.file.isEmpty() ? "" : " -f " + options.file);
  }

  private int onTerminal(ClusterSession session, RunningCluster cluster, String file)
      throws InterruptedException {
    List<String> words = new ArrayList<>();
    if (cluster.master().destination().isThisMachine()) {
      words.addAll(List.of("sh", file));
    } else {
      Connectors connectors =
          new Connectors(
              SshClient.system(context.knownHosts(session.spec().name()), context.environment()),
              context.environment(),
              event -> {});
      words.addAll(connectors.interactive(cluster.master().name(), cluster.master().destination()));
      if (context.terminal().canRead()) {
        words.addAll(1, List.of("-t", "-o", "LogLevel=ERROR"));
      }
      words.add("exec sh " + ShellWord.quote(file));
    }
    // Ctrl-C is the shell's: it interrupts what the shell runs.
    Interrupts.leaveToProgram();
    Process process;
    try {
      process = new ProcessBuilder(words).inheritIO().start();
    } catch (IOException e) {
      throw Failure.on(cluster.master().name(), "no shell: " + e.getMessage(), "");
    }
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      // The terminal is gone: so are the shell and what it holds.
      process.destroy();
      process.waitFor(END.toSeconds(), TimeUnit.SECONDS);
      throw e;
    }
  }
}
