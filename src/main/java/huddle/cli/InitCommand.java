package huddle.cli;

import huddle.apply.SideBySide;
import huddle.artifact.SparkSource;
import huddle.event.Event;
import huddle.event.Events;
import huddle.event.Failure;
import huddle.facts.FactsGatherer;
import huddle.facts.HostFacts;
import huddle.spec.Host;
import huddle.spec.HostPattern;
import huddle.spec.InitFile;
import huddle.spec.MemorySize;
import huddle.spec.SparkSpec;
import huddle.ssh.Connection;
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
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
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
    Map<Destination, HostFacts> facts = new ConcurrentHashMap<>();
    List<Failure> failures = new ArrayList<>();
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
                  : "Looking at " + destinations.size() + " hosts"));
      failures.addAll(probe(destinations, facts, view));
      spark = newest(view);
    }
    write(file, new InitFile(name, schema(), spark, master(hosts), entries(hosts, facts)));
    context.terminal().err().println("Wrote " + file.getFileName() + ".");
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

  /// The failures, in the order the hosts were typed.
  private List<Failure> probe(
      List<Destination> destinations, Map<Destination, HostFacts> facts, Events events)
      throws InterruptedException {
    Connector connector = new KeyOffer(context, options).around(context.knownHosts(name), events);
    FactsGatherer gatherer = new FactsGatherer(context.clock());
    Map<Destination, Failure> failures = new ConcurrentHashMap<>();
    SideBySide.run(
        destinations,
        destination -> {
          String host = destination.toString();
          events.report(new Event.ChangeStarted(host, "facts", "reading facts"));
          try (Connection connection = connector.connect(host, destination)) {
            HostFacts of = gatherer.gather(connection, probed(host, destination));
            facts.put(destination, of);
            events.report(
                new Event.ChangeDone(host, "facts", summary(of), java.time.Duration.ZERO));
          } catch (Failure failure) {
            failures.put(destination, failure);
            events.report(new Event.Failed(host, "facts", failure.what(), failure.remedy()));
          }
        });
    return destinations.stream().map(failures::get).filter(java.util.Objects::nonNull).toList();
  }

  private Host probed(String host, Destination destination) {
    return new Host(
        host,
        destination,
        Set.of(),
        "~/.huddle/" + name,
        OptionalInt.empty(),
        Optional.empty(),
        List.of(),
        Map.of());
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
  private static List<InitFile.Entry> entries(
      List<String> hosts, Map<Destination, HostFacts> facts) {
    List<InitFile.Entry> entries = new ArrayList<>();
    for (String host : hosts) {
      List<Destination> named = destinations(List.of(host));
      if (named.size() > 1) {
        entries.add(new InitFile.Entry(host, named.size() + " hosts"));
      } else {
        HostFacts of = facts.get(named.getFirst());
        entries.add(new InitFile.Entry(host, of == null ? "not reached" : summary(of)));
      }
    }
    return entries;
  }

  private static String summary(HostFacts facts) {
    List<String> parts = new ArrayList<>();
    parts.add(facts.cores() + (facts.cores() == 1 ? " core" : " cores"));
    parts.add(
        facts.memoryMiB() >= 1024
            ? facts.memoryMiB() / 1024 + "g"
            : new MemorySize(Math.max(1, facts.memoryMiB())).toString());
    parts.add(facts.os());
    facts.javas().stream()
        .map(HostFacts.Java::major)
        .max(Comparator.naturalOrder())
        .ifPresentOrElse(major -> parts.add("Java " + major), () -> parts.add("no Java"));
    facts.pythons().stream()
        .findFirst()
        .ifPresentOrElse(
            python -> parts.add("Python " + python.minor()), () -> parts.add("no Python"));
    return String.join(", ", parts);
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
