package huddle.doctor;

import huddle.doctor.Finding.Level;
import huddle.event.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What was tried at each door of a cluster, and what it means. Pure.
///
/// @param tries every attempt, by door
/// @param unlooked hosts whose doors could not be listed, or that could not try, with the reason
public record Exposure(List<Try> tries, Map<String, String> unlooked) {
  public Exposure {
    tries = List.copyOf(tries);
    unlooked = Map.copyOf(unlooked);
  }

  /// @param from name of the host it was tried from, or [#OPERATOR]
  public record Try(Door door, String from, Answer answer) {}

  /// Where this process runs.
  public static final String OPERATOR = "operator";

  /// One finding for each door, the worst of what was seen; and one for each host that was not
  /// looked at.
  public List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    for (Door door : tries.stream().map(Try::door).distinct().toList()) {
      Try worst =
          tries.stream()
              .filter(one -> one.door().equals(door))
              .max((a, b) -> a.answer().kind().compareTo(b.answer().kind()))
              .orElseThrow();
      findings.add(finding(door, worst));
    }
    unlooked.forEach((host, why) ->
        findings.add(
            new Finding(
                "exposure.unknown",
                host,
                Printable.line(why),
                "make it reachable and look again",
                Level.UNKNOWN)));
    return findings;
  }

  private static Finding finding(Door door, Try worst) {
    String evidence =
        "%s at %s:%d from %s: %s%s"
            .formatted(
                door.process(),
                door.address(),
                door.port(),
                worst.from(),
                worst.answer().kind().word(),
                worst.answer().evidence().isEmpty() ? "" : ", " + worst.answer().evidence());
    return switch (worst.answer().kind()) {
      case CLOSED -> new Finding("exposure.closed", door.host(), evidence, "", Level.GOOD);
      case SILENT -> new Finding("exposure.silent", door.host(), evidence, "", Level.GOOD);
      case REFUSES -> new Finding("exposure.refuses", door.host(), evidence, "", Level.GOOD);
      case OTHER -> new Finding("exposure.other", door.host(), evidence, "", Level.UNKNOWN);
      case ANSWERS ->
          new Finding(
              "exposure.answers",
              door.host(),
              evidence,
              worst.from().equals(door.host())
                  ? "other logins of this host are served: run `huddle up`, or give the cluster hosts of its own"
                  : "run `huddle up`; if it stays, let nobody but the cluster's hosts reach this port",
              Level.BAD);
    };
  }
}
