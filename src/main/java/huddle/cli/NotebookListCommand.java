package huddle.cli;

import huddle.event.Count;
import huddle.json.Json;
import huddle.notebook.OpenNotebook;
import huddle.spark.MasterState;
import huddle.ui.Table;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/// `huddle notebook list`: which notebooks are open, and what they hold.
@Command(
    name = "list",
    description = "Show open notebooks: state, Application, cores, last activity.",
    footerHeading = "Examples:%n",
    footer = {
      "  huddle notebook list          a line for each open notebook",
      "  huddle notebook list --json   for programs"
    })
final class NotebookListCommand extends NotebookSubcommand {
  private static final List<Table.Column> HEADER =
      List.of(
          Table.Column.text("NOTEBOOK"),
          Table.Column.text("KERNEL"),
          Table.Column.text("STATE"),
          Table.Column.whole("APPLICATION"),
          Table.Column.number("CORES"),
          Table.Column.text("LAST ACTIVITY"));

  NotebookListCommand(Context context) {
    super(context);
  }

  @Override
  String command() {
    return "notebook list";
  }

  @Override
  int run(ClusterSession session) throws InterruptedException {
    Optional<NotebookServer> server = NotebookServer.find(session);
    session.settle();
    if (server.isEmpty()) {
      if (options.json) {
        out().print(Json.document(json(List.of(), Map.of())));
      } else {
        err().println("No notebook server runs; `huddle notebook` starts it.");
      }
      return 0;
    }
    List<OpenNotebook> open = server.get().notebooks().list();
    Map<String, Integer> cores = new LinkedHashMap<>();
    server
        .get()
        .master()
        .map(MasterState::applications)
        .orElse(List.of())
        .forEach(application -> cores.put(application.id(), application.cores()));
    if (options.json) {
      out().print(Json.document(json(open, cores)));
    } else if (open.isEmpty()) {
      err().println("No notebook is open.");
    } else {
      out().print(table(open, cores).render(out().style(), out().columns()));
    }
    return 0;
  }

  private Table table(List<OpenNotebook> open, Map<String, Integer> cores) {
    Instant now = context.clock().instant();
    List<List<Table.Cell>> rows = new ArrayList<>();
    for (OpenNotebook notebook : open) {
      Integer held = cores.get(notebook.application());
      rows.add(
          Stream.of(
                  notebook.name(),
                  notebook.kind(),
                  state(notebook),
                  notebook.application(),
                  held == null ? "" : held.toString(),
                  ago(notebook.lastActivity(), now))
              .map(Table.Cell::of)
              .toList());
    }
    return new Table(HEADER, rows);
  }

  /// A kernel that waits for the user may still have Spark at work.
  private static String state(OpenNotebook notebook) {
    if (!notebook.state().equals("idle")) {
      return notebook.state();
    }
    if (notebook.jobs() > 0) {
      return Count.of(notebook.jobs(), "job");
    }
    return notebook.streams() > 0 ? "streaming" : "idle";
  }

  private static String ago(String instant, Instant now) {
    try {
      Duration since = Duration.between(Instant.parse(instant), now);
      if (since.toMinutes() < 1) {
        return "now";
      }
      return since.toHours() < 2
          ? since.toMinutes() + " min ago"
          : since.toDays() < 2 ? since.toHours() + " h ago" : since.toDays() + " days ago";
    } catch (DateTimeParseException e) {
      return "";
    }
  }

  private static Map<String, @Nullable Object> json(
      List<OpenNotebook> open, Map<String, Integer> cores) {
    List<Map<String, @Nullable Object>> notebooks = new ArrayList<>();
    for (OpenNotebook notebook : open) {
      Map<String, @Nullable Object> one = new LinkedHashMap<>();
      one.put("notebook", notebook.notebook());
      one.put("id", notebook.kernel());
      one.put("kernel", notebook.kind());
      one.put("state", notebook.state());
      one.put("jobs", notebook.jobs());
      one.put("streams", notebook.streams());
      one.put("application", notebook.application().isEmpty() ? null : notebook.application());
      one.put("cores", cores.get(notebook.application()));
      one.put("lastActivity", notebook.lastActivity());
      notebooks.add(one);
    }
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("version", 1);
    json.put("notebooks", notebooks);
    return json;
  }
}
