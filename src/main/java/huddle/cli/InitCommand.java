package huddle.cli;

import huddle.artifact.SparkSource;
import huddle.event.Count;
import huddle.event.Event;
import huddle.event.Events;
import huddle.event.Failure;
import huddle.facts.FactsGatherer;
import huddle.spec.HostPattern;
import huddle.spec.InitFile;
import huddle.spec.SparkSpec;
import huddle.ssh.Connector;
import huddle.ssh.Destination;
import huddle.ui.EventView;
import huddle.ui.EventViews;
import huddle.ui.FailureView;
import huddle.ui.Hints;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `huddle init`: looks at hosts and writes the file.
@Command(
    name = "init",
    description =
        "Look at hosts and write a commented huddle.yaml for them; it never overwrites one.",
    footerHeading = "Examples:%n",
    footer = {
      "  huddle init                                a file for this machine",
      "  huddle init worker.one me@10.0.0.7:2222    ssh aliases, or users and ports",
      "  huddle init 'worker[1-8]' --name penguins  a range of hosts"
    })
final class InitCommand implements Callable<Integer> {
  @Mixin SharedOptions options = new SharedOptions();

  @Parameters(
      paramLabel = "HOST",
      arity = "0..*",
      description = "ssh alias, user@host:port or range; the first one runs the Master.")
  List<String> typed = List.of();

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "Name of the cluster; default: ${DEFAULT-VALUE}.")
  String name = "huddle";

  private final Context context;

  InitCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (!name.matches("[a-z][a-z0-9-]{0,39}")) {
      throw new WrongInput(
          "--name %s: write small letters, digits and hyphens, a letter first".formatted(name));
    }
    Path file = context.folder().resolve(options.file.isEmpty() ? "huddle.yaml" : options.file);
    if (Files.exists(file)) {
      throw new WrongInput(
          file.getFileName()
              + " is there already; it is never overwritten. Name another with -f FILE");
    }
    List<String> hosts = typed.isEmpty() ? List.of("localhost") : typed;
    List<Destination> destinations = destinations(hosts);
    HostSurvey survey;
    Optional<String> spark;
    try (EventView view =
        EventViews.open(
            context.terminal(),
            new EventViews.Options(
                false,
                options.quiet,
                options.verbose,
                destinations.stream().map(Destination::toString).toList()))) {
      view.report(
          new Event.Step(
              destinations.size() == 1
                  ? "Looking at " + destinations.getFirst()
                  : "Looking at " + Count.of(destinations, "host")));
      Connector connector = new KeyOffer(context, options).around(context.knownHosts(name), view);
      survey = new HostSurvey(connector, new FactsGatherer(context.clock()), view);
      survey.look(destinations, "~/.huddle/" + name);
      spark = newest(view);
    }
    write(file, new InitFile(name, schema(), spark, master(hosts), entries(hosts, survey)));
    context.terminal().err().println("Wrote " + file.getFileName() + ".");
    List<Failure> failures = survey.failures(destinations);
    if (!failures.isEmpty()) {
      context
          .terminal()
          .err()
          .print(FailureView.render(failures, "", context.terminal().err().style()));
      return 1;
    }
    context
        .terminal()
        .err()
        .print(
            new Hints(
                    List.of(
                        new Hints.Hint("huddle plan", "shows what up would change"),
                        new Hints.Hint("huddle up", "makes it so, and proves it")))
                .render(context.terminal().err().style(), context.terminal().err().columns()));
    return 0;
  }

  private static List<Destination> destinations(List<String> hosts) {
    List<Destination> destinations = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    for (String host : hosts) {
      switch (HostPattern.of(host)) {
        case HostPattern.Hosts named -> destinations.addAll(named.destinations());
        case HostPattern.Wrong wrong -> problems.add(wrong.why());
      }
    }
    if (!problems.isEmpty()) {
      throw new WrongInput(String.join("\n", problems));
    }
    if (Set.copyOf(destinations).size() < destinations.size()) {
      throw new WrongInput("a host is named twice");
    }
    return destinations;
  }

  private Optional<String> newest(Events events) {
    try {
      return Optional.of(SparkSource.of(SparkSpec.DEFAULT, context.operator()).newest());
    } catch (Failure failure) {
      events.report(
          new Event.Warning(
              "", "no version of Spark is pinned: " + failure.what(), failure.remedy()));
      return Optional.empty();
    }
  }

  /// The Master's host alone: a range names it with its first number.
  private static String master(List<String> hosts) {
    return destinations(List.of(hosts.getFirst())).getFirst().toString();
  }

  /// As typed where one host is meant, so that aliases and ranges stay as people know them.
  private static List<InitFile.Entry> entries(List<String> hosts, HostSurvey survey) {
    List<InitFile.Entry> entries = new ArrayList<>();
    for (String host : hosts) {
      List<Destination> named = destinations(List.of(host));
      entries.add(
          new InitFile.Entry(
              host, named.size() > 1 ? Count.of(named, "host") : survey.summary(named.getFirst())));
    }
    return entries;
  }

  private String schema() {
    String home = context.environment().getOrDefault("HUDDLE_HOME", "");
    return home.isEmpty() ? "schema/huddle.schema.json" : home + "/schema/huddle.schema.json";
  }

  private static void write(Path file, InitFile init) {
    try {
      Files.writeString(file, init.text(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    } catch (FileAlreadyExistsException e) {
      throw new WrongInput(file.getFileName() + " is there already; it is never overwritten");
    } catch (IOException e) {
      throw Failure.of(
          file + " cannot be written: " + e.getMessage(), "run it in a folder of yours");
    }
  }
}
