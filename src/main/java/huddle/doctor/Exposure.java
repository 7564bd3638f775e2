package huddle.doctor;

import huddle.doctor.Finding.Level;
import huddle.event.Count;
import huddle.event.Printable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What was tried at each door of a cluster, and what it means. Pure.
///
/// @param tries every attempt, by door
/// @param unlooked hosts whose doors could not be listed, or that could not try, with the reason
public record Exposure(List<Try> tries, Map<String, String> unlooked) {
  /// Where this process runs.
  public static final String OPERATOR = "operator";

  private static final String UNLOOKED = "exposure.unknown";

  private static final Comparator<Try> BY_DOOR =
      Comparator.comparing((Try one) -> one.door().host())
          .thenComparingInt(one -> one.door().port())
          .thenComparing(one -> one.door().address())
          .thenComparingInt(one -> one.door().pid())
          .thenComparing(one -> one.from().equals(OPERATOR))
          .thenComparing(Try::from);

  public Exposure {
    tries = tries.stream().sorted(BY_DOOR).toList();
    unlooked = Collections.unmodifiableMap(new TreeMap<>(unlooked));
  }

  /// @param from name of the host it was tried from, or [#OPERATOR]
  public record Try(Door door, String from, Answer answer) {}

  /// What came of trying. A host from which not even its own loopback is reached lets nobody
  /// through to ports: that others are closed to it would mean nothing.
  static Exposure seen(List<Try> tries, Map<String, String> unlooked) {
    List<Try> kept = new ArrayList<>(tries);
    Map<String, String> without = new TreeMap<>(unlooked);
    for (String from : tries.stream().map(Try::from).distinct().toList()) {
      List<Answer.Kind> home =
          tries.stream()
              .filter(one -> one.from().equals(from) && one.door().host().equals(from))
              .filter(one -> one.door().isLoopback())
              .map(one -> one.answer().kind())
              .toList();
      if (!home.isEmpty() && home.stream().allMatch(Answer.Kind.CLOSED::equals)) {
        without.put(
            from, "nothing could be tried from it: its sshd forbids it (AllowTcpForwarding)");
        kept.removeIf(one -> one.from().equals(from));
      }
    }
    return new Exposure(kept, without);
  }

  /// One finding for each door, with all that was seen and judged by the worst of it; and one for
  /// each host that was not looked at. In order of host and port.
  public List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    Map<Door, List<Try>> doors = new LinkedHashMap<>();
    for (Try one : tries) {
      doors.computeIfAbsent(one.door(), door -> new ArrayList<>()).add(one);
    }
    doors.forEach((door, all) -> findings.add(finding(door, all)));
    unlooked.forEach((host, why) ->
        findings.add(
            new Finding(
                UNLOOKED,
                host,
                Printable.line(why),
                "make it reachable and look again",
                Level.UNKNOWN)));
    return findings;
  }

  /// What all of it comes to, in a sentence: whether anything answers without a credential.
  public static String verdict(List<Finding> findings) {
    List<Finding> doors = findings.stream().filter(finding -> !isUnlooked(finding)).toList();
    List<String> open =
        doors.stream()
            .filter(finding -> finding.level() == Level.BAD)
            .map(finding -> finding.host() + ": " + finding.evidence())
            .toList();
    long odd = doors.stream().filter(finding -> finding.level() == Level.UNKNOWN).count();
    List<String> unlooked =
        findings.stream().filter(Exposure::isUnlooked).map(Finding::host).distinct().toList();
    String of =
        Count.of(doors, "door")
            + " on "
            + Count.of(doors.stream().map(Finding::host).distinct().count(), "host");
    return Printable.line(
        of
            + (open.isEmpty()
                ? ": none answers without a credential"
                : ": "
                    + open.size()
                    + (open.size() == 1 ? " answers" : " answer")
                    + " without a credential")
            + (odd == 0 ? "" : ", of " + odd + " it is not known")
            + (unlooked.isEmpty() ? "" : "; not looked at: " + String.join(", ", unlooked))
            + (open.isEmpty() ? "" : ". " + String.join("; ", open)));
  }

  private static boolean isUnlooked(Finding finding) {
    return finding.id().equals(UNLOOKED);
  }

  /// Equal answers are told once, with all places that got them; the most open first. Why a door is
  /// closed is said in other words by each who tries, and does not matter.
  private static String seen(List<Try> tries) {
    Map<Answer, List<String>> places = new LinkedHashMap<>();
    tries.stream()
        .sorted(Comparator.comparing((Try one) -> one.answer().kind()).reversed())
        .forEach(one ->
            places
                .computeIfAbsent(
                    one.answer().kind() == Answer.Kind.CLOSED
                        ? new Answer(Answer.Kind.CLOSED, "")
                        : one.answer(),
                    answer -> new ArrayList<>())
                .add(one.from()));
    return places.entrySet().stream()
        .map(place ->
            "from %s: %s%s"
                .formatted(
                    String.join(", ", place.getValue()),
                    place.getKey().kind().word(),
                    place.getKey().evidence().isEmpty() ? "" : ", " + place.getKey().evidence()))
        .collect(Collectors.joining("; "));
  }

  private static Finding finding(Door door, List<Try> tries) {
    Try worst =
        tries.stream().max(Comparator.comparing((Try one) -> one.answer().kind())).orElseThrow();
    String evidence =
        Printable.line(
            "%s at %s:%d %s".formatted(door.process(), door.address(), door.port(), seen(tries)));
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
              onlyAtHome(door, tries)
                  ? "other logins of this host are served: run `huddle up`, or give the cluster hosts of its own"
                  : "run `huddle up`; if it stays, let nobody but the cluster's hosts reach this port",
              Level.BAD);
    };
  }

  /// Whether only the host's own logins are served.
  private static boolean onlyAtHome(Door door, List<Try> tries) {
    return tries.stream()
        .filter(one -> one.answer().kind() == Answer.Kind.ANSWERS)
        .allMatch(one -> one.from().equals(door.host()));
  }
}
