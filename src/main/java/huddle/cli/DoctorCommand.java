package huddle.cli;

import huddle.doctor.Exposure;
import huddle.doctor.ExposureCheck;
import huddle.doctor.Finding;
import huddle.event.Count;
import huddle.event.Printable;
import huddle.facts.HostFacts;
import huddle.json.Json;
import huddle.plan.ClusterFacts;
import huddle.spec.Host;
import huddle.ui.Table;
import huddle.ui.Tone;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `huddle doctor`: checks of a cluster that stands, each with its evidence.
@Command(
    name = "doctor",
    description = {
      "Look for what is wrong with a cluster that stands; exit code 0 only if nothing is.",
      "--exposure tries every port that the cluster listens on, from every host and from here, without a credential."
    },
    footerHeading = "Examples:%n",
    footer = {
      "  huddle doctor --exposure          what answers whom, for people",
      "  huddle doctor --exposure --json   for programs"
    })
final class DoctorCommand extends ClusterCommand {
  @Option(
      names = "--exposure",
      description = "Only whether something answers who has no credential; so far, all there is.")
  boolean exposure;

  DoctorCommand(Context context) {
    super(context);
  }

  @Override
  String command() {
    return "doctor";
  }

  @Override
  int run(ClusterSession session) throws InterruptedException {
    session.step("Reading facts of " + Count.of(session.spec().hosts(), "host"));
    ClusterFacts facts = session.gatherer().gather(session.spec(), session.hosts());
    Map<String, ExposureCheck.Place> places = new LinkedHashMap<>();
    Map<String, String> unreached = new LinkedHashMap<>();
    Set<String> only = options.only();
    for (Host host : session.spec().hosts()) {
      HostFacts of = facts.hosts().get(host.name());
      if (of != null) {
        places.put(
            host.name(),
            new ExposureCheck.Place(
                session.hosts().connection(host.name()),
                of.installed().root(),
                of.reachedAt().orElse("127.0.0.1"),
                host.destination().isThisMachine()));
      } else {
        unreached.put(host.name(), reason(facts, host.name()));
      }
    }
    session.step("Knocking at every door, from everywhere");
    Exposure seen = new ExposureCheck(places).look(unreached);
    session.settle();
    List<Finding> findings =
        seen.findings().stream()
            .filter(finding -> only.isEmpty() || only.contains(finding.host()))
            .toList();
    out().print(options.json ? Json.document(json(session, seen, findings)) : text(findings));
    if (!options.json && !options.quiet && !findings.isEmpty()) {
      err().println(Exposure.verdict(findings) + ".");
    }
    return findings.stream().anyMatch(finding -> finding.level() == Finding.Level.BAD) ? 1 : 0;
  }

  private static String reason(ClusterFacts facts, String host) {
    var failure = facts.unreachable().get(host);
    return failure == null ? "it was not reached" : failure.what();
  }

  private static Map<String, @Nullable Object> json(
      ClusterSession session, Exposure seen, List<Finding> findings) {
    List<Map<String, Object>> found = new ArrayList<>();
    for (Finding finding : findings) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("id", finding.id());
      json.put("host", finding.host());
      json.put("level", finding.level());
      json.put("evidence", finding.evidence());
      json.put("fix", finding.fix());
      found.add(json);
    }
    List<Map<String, Object>> tries = new ArrayList<>();
    for (Exposure.Try one : seen.tries()) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("host", one.door().host());
      json.put("process", one.door().process());
      json.put("address", one.door().address());
      json.put("port", one.door().port());
      json.put("from", one.from());
      json.put("answer", one.answer().kind());
      json.put("evidence", one.answer().evidence());
      tries.add(json);
    }
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("version", 1);
    json.put("cluster", session.spec().name());
    json.put("findings", found);
    json.put("tries", tries);
    return json;
  }

  private String text(List<Finding> findings) {
    if (findings.isEmpty()) {
      return "nothing of the cluster listens on any host\n";
    }
    List<List<Table.Cell>> rows =
        findings.stream()
            .map(finding ->
                List.of(
                    Table.Cell.of(finding.host()),
                    new Table.Cell(word(finding), tone(finding)),
                    Table.Cell.of(finding.evidence())))
            .toList();
    StringBuilder text =
        new StringBuilder(
            new Table(
                    List.of(
                        Table.Column.text("HOST"),
                        Table.Column.text("IS"),
                        Table.Column.whole("SEEN")),
                    rows)
                .render(out().style(), out().columns()));
    for (Finding finding : findings) {
      if (finding.level() == Finding.Level.BAD) {
        text.append(Printable.line(finding.host() + ": " + finding.evidence()))
            .append("\n  ")
            .append(finding.fix())
            .append('\n');
      }
    }
    return text.toString();
  }

  private static String word(Finding finding) {
    return switch (finding.level()) {
      case GOOD -> "good";
      case UNKNOWN -> "unknown";
      case BAD -> "open";
    };
  }

  private static Tone tone(Finding finding) {
    return switch (finding.level()) {
      case GOOD -> Tone.GOOD;
      case UNKNOWN -> Tone.CAREFUL;
      case BAD -> Tone.BAD;
    };
  }
}
