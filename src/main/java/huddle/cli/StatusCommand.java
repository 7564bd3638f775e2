package huddle.cli;

import huddle.event.Count;
import huddle.event.Printable;
import huddle.json.Json;
import huddle.plan.ClusterFacts;
import huddle.spark.MasterState;
import huddle.spec.MemorySize;
import huddle.spec.Role;
import huddle.status.ClusterStatus;
import huddle.status.ServiceStatus;
import huddle.ui.Hints;
import huddle.ui.Table;
import huddle.ui.Tone;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/// `huddle status`: what the cluster is right now.
@Command(
    name = "status",
    description = "Show the cluster's hosts and Applications; exit code 0 only if it is up.",
    footerHeading = "Examples:%n",
    footer = {"  huddle status          for people", "  huddle status --json   for programs"})
final class StatusCommand extends ClusterCommand {
  StatusCommand(Context context) {
    super(context);
  }

  @Override
  String command() {
    return "status";
  }

  @Override
  int run(ClusterSession session) throws InterruptedException {
    session.step("Asking " + Count.of(session.spec().hosts(), "host"));
    ClusterFacts facts = session.gatherer().gather(session.spec(), session.hosts());
    session.settle();
    ClusterStatus status = ClusterStatus.of(session.spec(), facts);
    if (options.json) {
      out().print(Json.document(json(status)));
    } else {
      out().print(text(status));
      if (status.state() != ClusterStatus.State.UP && !options.quiet) {
        String file = options.file.isEmpty() ? "" : " -f " + options.file;
        err()
            .print(
                new Hints(
                        List.of(new Hints.Hint("huddle up" + file, "makes it what the file says")))
                    .render(err().style(), err().columns()));
      }
    }
    return status.state() == ClusterStatus.State.UP ? 0 : 1;
  }

  private List<ClusterStatus.HostStatus> shown(ClusterStatus status) {
    Set<String> only = options.only();
    return status.hosts().stream()
        .filter(host -> only.isEmpty() || only.contains(host.name()))
        .toList();
  }

  private Map<String, @Nullable Object> json(ClusterStatus status) {
    Map<String, @Nullable Object> master = new LinkedHashMap<>();
    master.put("url", status.masterUrl().orElse(null));
    master.put("ui", status.masterUi().orElse(null));
    List<Map<String, @Nullable Object>> hosts = new ArrayList<>();
    for (ClusterStatus.HostStatus host : shown(status)) {
      Map<String, @Nullable Object> json = new LinkedHashMap<>();
      json.put("name", host.name());
      json.put("address", host.address());
      json.put("roles", host.roles().stream().map(Role::word).toList());
      json.put("state", host.state().word());
      json.put("cores", host.cores());
      json.put("memoryMiB", host.memoryMiB());
      json.put("reason", host.reason().orElse(null));
      hosts.add(json);
    }
    List<Map<String, @Nullable Object>> services = new ArrayList<>();
    for (ServiceStatus service : status.services()) {
      Map<String, @Nullable Object> json = new LinkedHashMap<>();
      json.put("name", service.service().word());
      json.put("host", service.host());
      json.put("state", service.state().word());
      json.put("port", service.port().isPresent() ? service.port().getAsInt() : null);
      json.put("wanted", service.wanted());
      json.put("reason", service.reason().orElse(null));
      services.add(json);
    }
    List<Map<String, Object>> applications = new ArrayList<>();
    for (MasterState.Application application : status.applications()) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("id", application.id());
      json.put("name", application.name());
      json.put("user", application.user());
      json.put("state", application.state());
      json.put("cores", application.cores());
      json.put("memoryPerExecutorMiB", application.memoryPerExecutorMiB());
      applications.add(json);
    }
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("version", 1);
    json.put("cluster", status.cluster());
    json.put("state", status.state().word());
    json.put("master", master);
    json.put("hosts", hosts);
    json.put("services", services);
    json.put("applications", applications);
    return json;
  }

  private String text(ClusterStatus status) {
    StringBuilder text = new StringBuilder();
    text.append(status.cluster()).append(" is ").append(status.state().word());
    status.masterUrl().ifPresent(url -> text.append(", ").append(url));
    text.append("\n\n");
    List<List<Table.Cell>> rows =
        shown(status).stream()
            .map(host ->
                List.of(
                    Table.Cell.of(host.name()),
                    Table.Cell.of(
                        host.roles().stream().map(Role::word).collect(Collectors.joining(", "))),
                    new Table.Cell(host.state().word(), tone(host.state())),
                    Table.Cell.of(host.address()),
                    Table.Cell.of(host.cores() == 0 ? "" : Integer.toString(host.cores())),
                    Table.Cell.of(
                        host.memoryMiB() == 0 ? "" : new MemorySize(host.memoryMiB()).toString())))
            .toList();
    text.append(
        new Table(
                List.of(
                    Table.Column.text("HOST"),
                    Table.Column.text("ROLES"),
                    Table.Column.text("STATE"),
                    Table.Column.text("ADDRESS"),
                    Table.Column.number("CORES"),
                    Table.Column.number("MEMORY")),
                rows)
            .render(out().style(), out().columns()));
    for (ClusterStatus.HostStatus host : shown(status)) {
      Optional<String> reason = host.reason();
      reason.ifPresent(why ->
          text.append("  ")
              .append(Printable.line(host.name()))
              .append(": ")
              .append(Printable.line(why))
              .append('\n'));
    }
    if (!status.services().isEmpty()) {
      text.append('\n').append(services(status));
    }
    if (!status.applications().isEmpty()) {
      text.append('\n');
      text.append(
          new Table(
                  List.of(
                      Table.Column.whole("APPLICATION"),
                      Table.Column.text("NAME"),
                      Table.Column.text("USER"),
                      Table.Column.text("STATE"),
                      Table.Column.number("CORES")),
                  status.applications().stream()
                      .map(a ->
                          List.of(
                              Table.Cell.of(a.id()),
                              Table.Cell.of(a.name()),
                              Table.Cell.of(a.user()),
                              Table.Cell.of(a.state()),
                              Table.Cell.of(Integer.toString(a.cores()))))
                      .toList())
              .render(out().style(), out().columns()));
    }
    return text.toString();
  }

  private String services(ClusterStatus status) {
    List<List<Table.Cell>> rows =
        status.services().stream()
            .map(service ->
                List.of(
                    Table.Cell.of(service.service().word()),
                    new Table.Cell(service.state().word(), tone(service.state())),
                    Table.Cell.of(service.host()),
                    Table.Cell.of(
                        service.port().isPresent()
                            ? Integer.toString(service.port().getAsInt())
                            : "")))
            .toList();
    String table =
        new Table(
                List.of(
                    Table.Column.text("SERVICE"),
                    Table.Column.text("STATE"),
                    Table.Column.text("HOST"),
                    Table.Column.number("PORT")),
                rows)
            .render(out().style(), out().columns());
    return status.services().stream()
        .filter(service -> service.reason().isPresent())
        .map(service ->
            "  %s: %s%n"
                .formatted(service.service().word(), Printable.line(service.reason().orElse(""))))
        .collect(Collectors.joining("", table, ""));
  }

  private static Tone tone(ClusterStatus.HostState state) {
    return switch (state) {
      case UP -> Tone.GOOD;
      case STARTING -> Tone.CAREFUL;
      case DOWN, UNREACHABLE, LOST -> Tone.BAD;
    };
  }
}
