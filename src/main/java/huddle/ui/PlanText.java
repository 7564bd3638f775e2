package huddle.ui;

import huddle.event.Count;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// A plan as text: what would change, by host, and one line that counts it. Pure; nothing is cut,
/// since this is what the user agrees to.
///
/// @param lines in the order they would happen
public record PlanText(List<Line> lines) {
  public PlanText {
    lines = List.copyOf(lines);
  }

  /// What happens to a thing. A restart is a change that stops something for a moment.
  public enum Action {
    ADD("+", Tone.GOOD),
    CHANGE("~", Tone.CAREFUL),
    REMOVE("-", Tone.BAD),
    RESTART("~", Tone.CAREFUL);

    private final String mark;
    private final Tone tone;

    Action(String mark, Tone tone) {
      this.mark = mark;
      this.tone = tone;
    }
  }

  /// One change.
  ///
  /// @param host may be empty: this machine
  /// @param summary `install Spark 4.3.0`
  /// @param reason `it is not there`; may be empty
  public record Line(String host, Action action, String summary, String reason) {
    public Line {
      host = host.isEmpty() ? "this machine" : Columns.clean(host);
      summary = Columns.clean(summary);
      reason = Columns.clean(reason);
    }
  }

  private record Row(Action action, String summary, String reason) {}

  /// Whole lines. Hosts with the same changes share a block; a reason that does not fit beside its
  /// change goes under it.
  public String render(Style style, int columns) {
    if (lines.isEmpty()) {
      return summary() + "\n";
    }
    Map<String, List<Row>> byHost = new LinkedHashMap<>();
    for (Line line : lines) {
      byHost
          .computeIfAbsent(line.host, host -> new ArrayList<>())
          .add(new Row(line.action, line.summary, line.reason));
    }
    Map<List<Row>, List<String>> blocks = new LinkedHashMap<>();
    byHost.forEach((host, rows) -> blocks.computeIfAbsent(rows, r -> new ArrayList<>()).add(host));
    StringBuilder text = new StringBuilder();
    blocks.forEach((rows, hosts) -> {
      for (String names : wrapped(hosts, columns)) {
        text.append(style.paint(Tone.STRONG, names)).append('\n');
      }
      rows.forEach(row -> text.append(row(row, style, columns)));
      text.append('\n');
    });
    return text.append(style.paint(Tone.STRONG, summary())).append('\n').toString();
  }

  /// `Plan: 12 to add, 1 to change, 0 to remove, 1 to restart on 5 hosts.`
  public String summary() {
    if (lines.isEmpty()) {
      return "Nothing to do.";
    }
    Map<Action, Long> counts =
        lines.stream().collect(Collectors.groupingBy(Line::action, Collectors.counting()));
    long hosts = lines.stream().map(Line::host).distinct().count();
    return "Plan: %d to add, %d to change, %d to remove, %d to restart on %s."
        .formatted(
            counts.getOrDefault(Action.ADD, 0L),
            counts.getOrDefault(Action.CHANGE, 0L),
            counts.getOrDefault(Action.REMOVE, 0L),
            counts.getOrDefault(Action.RESTART, 0L),
            Count.of(hosts, "host"));
  }

  private static String row(Row row, Style style, int columns) {
    String change = "  " + style.paint(row.action.tone, row.action.mark) + " " + row.summary;
    if (row.reason.isEmpty()) {
      return change + "\n";
    }
    String reason = style.paint(Tone.DIM, "(" + row.reason + ")");
    int beside = 4 + Columns.width(row.summary) + 1 + Columns.width(row.reason) + 2;
    return change + (beside <= columns ? " " : "\n      ") + reason + "\n";
  }

  private static List<String> wrapped(List<String> names, int columns) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i) + (i + 1 < names.size() ? "," : "");
      if (!line.isEmpty() && Columns.width(line + " " + name) > columns) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(name);
    }
    lines.add(line.toString());
    return lines;
  }
}
