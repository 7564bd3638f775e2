package huddle.doctor;

import huddle.event.Failure;
import huddle.facts.KernelAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the script on a host printed about the cluster's doors, read. Hostile text: lines that make
/// no sense are left out. Pure.
final class Doors {
  private static final int MOST = 4096;

  /// What a process is, by a word of its command line; the first that fits.
  private static final List<Map.Entry<String, String>> KINDS =
      List.of(
          Map.entry("-Dhuddle.role=connect", "Connect server"),
          Map.entry("-Dhuddle.role=thrift", "thrift server"),
          Map.entry("-Dhuddle.role=history", "History Server"),
          Map.entry("-Dhuddle.role=notebook", "notebook server"),
          Map.entry("org.apache.spark.deploy.master.Master", "Master"),
          Map.entry("org.apache.spark.deploy.worker.Worker ", "Worker"),
          Map.entry("org.apache.spark.deploy.history.HistoryServer", "History Server"),
          Map.entry("org.apache.spark.executor.CoarseGrainedExecutorBackend", "executor"),
          Map.entry("org.apache.spark.deploy.worker.DriverWrapper", "driver"),
          Map.entry("org.apache.spark.deploy.SparkSubmit", "driver"),
          Map.entry("jupyter", "notebook server"),
          Map.entry("ipykernel", "notebook kernel"));

  private Doors() {}

  static List<Door> read(String host, String output) {
    List<String> lines = output.lines().toList();
    if (lines.isEmpty() || !lines.getLast().equals("end")) {
      throw new Failure(
          host,
          "what listens there could not be told: the answer breaks off",
          "run the command again",
          output);
    }
    Map<String, String> processes = new HashMap<>();
    List<Door> doors = new ArrayList<>();
    for (String line : lines) {
      String[] fields = line.split("\t", 3);
      if (fields.length == 3 && fields[0].equals("process")) {
        processes.put(fields[1], kind(fields[2]));
      } else if (fields.length == 3 && fields[0].equals("door") && doors.size() < MOST) {
        door(host, fields[1], fields[2], processes.getOrDefault(fields[1], "process"))
            .ifPresent(doors::add);
      }
    }
    return List.copyOf(doors);
  }

  private static String kind(String words) {
    return KINDS.stream()
        .filter(kind -> words.contains(kind.getKey()))
        .findFirst()
        .map(Map.Entry::getValue)
        .orElse("process");
  }

  private static Optional<Door> door(String host, String pid, String hex, String process) {
    int colon = hex.indexOf(':');
    if (colon < 0
        || !hex.substring(colon + 1).matches("[0-9A-F]{4}")
        || !pid.matches("[0-9]{1,9}")) {
      return Optional.empty();
    }
    return KernelAddress.ofWords(hex.substring(0, colon))
        .map(address ->
            new Door(
                host,
                process,
                Integer.parseInt(pid),
                address,
                HexFormat.fromHexDigits(hex.substring(colon + 1))));
  }
}
