package huddle.cli;

import huddle.event.Count;
import huddle.event.Failure;
import huddle.event.Printable;
import huddle.json.Json;
import huddle.spark.MasterState;
import huddle.spec.MemorySize;
import huddle.spec.Spelling;
import huddle.submit.Apps;
import huddle.submit.Drivers;
import huddle.submit.Page;
import huddle.ui.Amounts;
import huddle.ui.Table;
import huddle.ui.Tone;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `huddle apps`: Applications that run, wait or have ended; `apps kill` ends one.
@Command(
    name = "apps",
    description = "Show the Applications of the cluster, or end one.",
    footerHeading = "Examples:%n",
    footer = {
      "  huddle apps               those that run, wait or have ended",
      "  huddle apps --json        for programs",
      "  huddle apps kill etl      ends one, by its name or id"
    })
final class AppsCommand extends ClusterCommand {
  private static final int ENDED_SHOWN = 10;
  private static final Duration GONE = Duration.ofSeconds(45);

  @Parameters(
      paramLabel = "kill",
      arity = "0..1",
      index = "0",
      description = "Ends the one that follows; without it, all are shown.")
  String action = "";

  @Parameters(paramLabel = "APP", arity = "0..1", index = "1", description = "Its id or its name.")
  String wanted = "";

  AppsCommand(Context context) {
    super(context);
  }

  @Override
  String command() {
    return "apps";
  }

  @Override
  int run(ClusterSession session) throws InterruptedException {
    if (!action.isEmpty() && !action.equals("kill")) {
      throw new WrongInput(
          "apps %s: write apps, or apps kill APP".formatted(Printable.line(action)));
    }
    if (action.equals("kill") && wanted.isEmpty()) {
      throw new WrongInput("apps kill: name the Application, by its name or id");
    }
    RunningCluster cluster = RunningCluster.find(session);
    Drivers drivers = new Drivers(cluster.connection(), cluster.root());
    Apps apps = Apps.of(Optional.of(cluster.state()), drivers.all());
    session.settle();
    return action.isEmpty()
        ? show(cluster, apps)
        : kill(cluster, drivers, one(apps, wanted), session.spec().ports().masterUi());
  }

  private int show(RunningCluster cluster, Apps apps) {
    if (options.json) {
      Map<String, @Nullable Object> json = new LinkedHashMap<>();
      json.put("version", 1);
      json.put("applications", apps.all().stream().map(app -> json(cluster, app)).toList());
      out().print(Json.document(json));
      return 0;
    }
    List<Apps.App> shown = new ArrayList<>();
    int ended = 0;
    for (Apps.App app : apps.all()) {
      ended += app.active() ? 0 : 1;
      if (app.active() || ended <= ENDED_SHOWN) {
        shown.add(app);
      }
    }
    if (shown.isEmpty()) {
      err().println("No Application runs, and the Master remembers none.");
      return 0;
    }
    Instant now = context.clock().instant();
    out()
        .print(
            new Table(
                    List.of(
                        Table.Column.whole("APPLICATION"),
                        Table.Column.text("NAME"),
                        Table.Column.text("USER"),
                        Table.Column.text("STATE"),
                        Table.Column.number("CORES"),
                        Table.Column.number("EXECUTOR"),
                        Table.Column.number("AGO"),
                        Table.Column.text("DRIVER")),
                    shown.stream().map(app -> row(cluster, app, now)).toList())
                .render(out().style(), out().columns()));
    return 0;
  }

  private static List<Table.Cell> row(RunningCluster cluster, Apps.App app, Instant now) {
    long memory = app.memoryPerExecutorMiB();
    long since = app.sinceEpochMillis();
    return List.of(
        Table.Cell.of(app.call()),
        Table.Cell.of(app.name()),
        Table.Cell.of(app.user()),
        new Table.Cell(app.state(), tone(app)),
        Table.Cell.of(app.active() ? Integer.toString(app.cores()) : ""),
        Table.Cell.of(memory < 1 ? "" : new MemorySize(memory).toString()),
        Table.Cell.of(
            since < 1 ? "" : Amounts.elapsed(Duration.between(Instant.ofEpochMilli(since), now))),
        Table.Cell.of(app.driver().isEmpty() ? "" : cluster.master().name()));
  }

  private static Tone tone(Apps.App app) {
    if (app.active()) {
      return app.state().equals("RUNNING") ? Tone.GOOD : Tone.CAREFUL;
    }
    return app.state().equals("FAILED") ? Tone.BAD : Tone.DIM;
  }

  private static Map<String, @Nullable Object> json(RunningCluster cluster, Apps.App app) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("id", app.id().isEmpty() ? null : app.id());
    json.put("driver", app.driver().isEmpty() ? null : app.driver());
    json.put("name", app.name());
    json.put("user", app.user());
    json.put("state", app.state());
    json.put("active", app.active());
    json.put("cores", app.active() ? app.cores() : 0);
    json.put("memoryPerExecutorMiB", app.memoryPerExecutorMiB());
    json.put(
        "since",
        app.sinceEpochMillis() < 1
            ? null
            : Instant.ofEpochMilli(app.sinceEpochMillis()).toString());
    json.put("driverHost", app.driver().isEmpty() ? null : cluster.master().name());
    json.put("detached", app.detached());
    json.put("exit", app.exit().isPresent() ? app.exit().getAsInt() : null);
    return json;
  }

  /// The one that a word means.
  static Apps.App one(Apps apps, String word) {
    List<Apps.App> found = apps.find(word);
    if (found.size() == 1) {
      return found.getFirst();
    }
    if (found.isEmpty()) {
      throw Failure.of(
          "there is no Application \"%s\"%s"
              .formatted(
                  cut(word),
                  Spelling.nearest(word, apps.words())
                      .map(near -> "; did you mean " + cut(near) + "?")
                      .orElse("")),
          "`huddle apps` lists them");
    }
    throw Failure.of(
        "%s are named \"%s\": %s"
            .formatted(
                Count.of(found, "Application"),
                cut(word),
                String.join(", ", found.stream().limit(10).map(app -> cut(app.call())).toList())),
        "name one by its id");
  }

  private static String cut(String word) {
    String line = Printable.line(word);
    return line.length() <= 80 ? line : line.substring(0, 80) + "…";
  }

  private int kill(RunningCluster cluster, Drivers drivers, Apps.App app, int masterUi)
      throws InterruptedException {
    if (!app.active() && !app.driverRuns()) {
      throw Failure.of(
          "%s (%s) has ended already: %s"
              .formatted(cut(app.name()), cut(app.call()), cut(app.state())),
          "");
    }
    boolean ended = app.driverRuns() && drivers.end(app.driver());
    if (!app.id().isEmpty() && app.active() && !(ended && isGone(cluster, app.id()))) {
      // Its driver is not of ours, or somewhere else: the Master takes the executors away, and
      // tells it.
      Page page = cluster.page(masterUi);
      boolean asked =
          page.post(
              "/",
              "/app/kill/",
              "id=" + URLEncoder.encode(app.id(), StandardCharsets.UTF_8) + "&terminate=true");
      if (!asked || !isGone(cluster, app.id())) {
        throw Failure.on(
            cluster.master().name(),
            "the Master did not end %s".formatted(cut(app.call())),
            "end its driver where it was started");
      }
    }
    if (!options.quiet) {
      err().println("%s (%s) is ended.".formatted(cut(app.name()), cut(app.call())));
    }
    return 0;
  }

  private static boolean isGone(RunningCluster cluster, String id) throws InterruptedException {
    long deadline = System.nanoTime() + GONE.toNanos();
    while (System.nanoTime() < deadline) {
      Optional<MasterState> state = cluster.session().hosts().masterClient().state();
      if (state.isPresent()
          && state.get().applications().stream().noneMatch(a -> a.id().equals(id))) {
        return true;
      }
      Thread.sleep(500);
    }
    return false;
  }
}
