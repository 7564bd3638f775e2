package huddle.cli;

import huddle.event.Failure;
import huddle.event.Printable;
import huddle.json.Json;
import huddle.spark.Shares;
import huddle.spec.Role;
import huddle.submit.Application;
import huddle.submit.Attendance;
import huddle.submit.Drivers;
import huddle.submit.Submission;
import huddle.ui.ProgressLine;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `huddle submit`: runs a program of the operator's on the cluster.
@Command(
    name = "submit",
    description =
        "Run a .py, .jar or .ipynb of this machine on the cluster; its exit code is passed on.",
    footerHeading = "Examples:%n",
    footer = {
      "  huddle submit job.py --rows 1000",
      "  huddle submit --py-files mypackage,lib.zip --files rows.csv job.py",
      "  huddle submit --cores all --memory 4g job.py",
      "  huddle submit --class example.Main job.jar input",
      "  huddle submit report.ipynb             its outputs: report.out.ipynb",
      "  huddle submit --detach job.py          then: huddle apps, huddle logs APP"
    })
final class SubmitCommand extends ClusterCommand {
  /// A program may do much before it first speaks with the Master.
  private static final Duration FIRST_WORD = Duration.ofMinutes(2);

  @Parameters(
      paramLabel = "APP",
      index = "0",
      description = "A .py, .jar or .ipynb on this machine.")
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
      names = "--detach",
      description = "Leave the driver running on the Master's host; print the Application's id.")
  boolean detach;

  @Mixin ParcelOptions along = new ParcelOptions();

  @Mixin Conf conf = new Conf();

  SubmitCommand(Context context) {
    super(context);
  }

  @Override
  String command() {
    return "submit";
  }

  @Override
  int run(ClusterSession session) throws InterruptedException {
    Application wanted =
        new LocalFiles(context.folder())
            .application(app, arguments, mainClass, name, along.named());
    Map<String, String> set = conf.keys();
    Shares.Wish wish = conf.wish();
    RunningCluster cluster = RunningCluster.find(session).withWorkers();
    if (wanted.isNotebook()) {
      Optional<OnDemand.Serving> equipped = OnDemand.equip(session, Role.NOTEBOOK, "huddle submit");
      if (equipped.isEmpty()) {
        return 1;
      }
      cluster = cluster.driversOn(equipped.get());
    }
    Application application = wanted.with(cluster.keys(Shares.Kind.BATCH, wish, set));
    cluster.refuseWhatNeverFits(application.conf());
    if (!along.packages.isEmpty()) {
      application = new Libraries(cluster).with(application, along.packages);
    }
    session.settle();
    Submission submission = new Submission(cluster.connection(), cluster.place());
    submission.send(application);
    return detach
        ? detached(cluster, submission, application)
        : attached(cluster, submission, application);
  }

  private int attached(RunningCluster cluster, Submission submission, Application application)
      throws InterruptedException {
    boolean live = context.terminal().live() && !options.quiet;
    ProgressLine line = new ProgressLine(err());
    Optional<Consumer<Optional<String>>> progress =
        live ? Optional.of(line::show) : Optional.empty();
    try (Attendance _ = attend(cluster, submission, application, progress)) {
      // Bytes are passed on as they are, but beside a line that is drawn over.
      OutputStream out = live && out().tty() ? line.beside(out()) : out().stream();
      OutputStream err = live ? line.beside(err()) : err().stream();
      int exit = submission.run(application, out, err);
      fetch(submission, application);
      return exit;
    } catch (InterruptedException e) {
      fetch(submission, application);
      err().println("Interrupted; the Application is ended.");
      return Cli.INTERRUPTED;
    }
  }

  /// A notebook's outputs are saved beside it, also when a cell failed.
  private void fetch(Submission submission, Application application) {
    if (application.isNotebook()) {
      Path to =
          application
              .file()
              .resolveSibling(application.fileName().replaceFirst("\\.ipynb$", ".out.ipynb"));
      if (submission.fetch(to) && !options.quiet) {
        err().println("Its outputs are in " + to);
      }
    }
  }

  private int detached(RunningCluster cluster, Submission submission, Application application)
      throws InterruptedException {
    submission.detach(application);
    try (Attendance attendance = attend(cluster, submission, application, Optional.empty())) {
      Optional<String> id = attendance.awaitApplication(FIRST_WORD);
      if (id.isEmpty() && attendance.hasEnded()) {
        return endedBefore(cluster, submission, application);
      }
      if (options.json) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("version", 1);
        json.put("id", id);
        json.put("driver", submission.id());
        json.put("name", application.name());
        json.put("host", cluster.master().name());
        out().print(Json.document(json));
      } else {
        out().println(id.orElse(submission.id()));
        if (id.isEmpty() && !options.quiet) {
          err().println("The driver runs, and has not asked the Master for anything yet.");
        }
      }
      return 0;
    }
  }

  /// A program that never needed Spark, or failed before: what it said is all there is.
  private int endedBefore(RunningCluster cluster, Submission submission, Application application) {
    Drivers drivers = new Drivers(cluster.connection(), cluster.root());
    String output = drivers.output(submission.id());
    int exit =
        drivers.all().stream()
            .filter(driver -> driver.id().equals(submission.id()))
            .findFirst()
            .map(driver -> driver.exit().orElse(1))
            .orElse(1);
    err().print(err().tty() ? Printable.text(output) : output);
    if (exit != 0) {
      throw Failure.on(
          cluster.master().name(),
          "%s ended with exit code %d before the Master had it".formatted(application.name(), exit),
          "");
    }
    err().println("It has ended already, without an Application.");
    return 0;
  }

  private Attendance attend(
      RunningCluster cluster,
      Submission submission,
      Application application,
      Optional<Consumer<Optional<String>>> progress) {
    Supplier<huddle.spark.Fit> fit =
        new Supplier<>() {
          private Optional<huddle.spark.Fit> known = Optional.empty();

          @Override
          public synchronized huddle.spark.Fit get() {
            if (known.isEmpty()) {
              known = Optional.of(cluster.fit(application.conf(), cluster.names()));
            }
            return known.get();
          }
        };
    return Attendance.of(
        cluster.connection(),
        cluster.root(),
        submission.id(),
        new Attendance.Listener(
            cluster.session().hosts().masterClient()::state,
            cluster::page,
            fit,
            sentence -> {
              if (!options.quiet) {
                err().println(application.name() + ": " + Printable.line(sentence));
              }
            },
            progress));
  }
}
