package huddle.cli;

import huddle.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What a process in the background announced, and which process that is: a JSON document that only
/// the operator reads. It counts while that process lives.
record AnnouncementFile(Path path) {
  /// What such a file says.
  record State(RunningProcess process, Announced announced) {}

  /// Empty if there is none, or it makes no sense.
  Optional<State> read() {
    try {
      Map<String, Object> json = Announced.parse(Files.readString(path));
      return json.get("announced") instanceof Map<?, ?> announced
              && json.get("pid") instanceof Number pid
              && json.get("start") instanceof String start
          ? Announced.of(announced)
              .map(one -> new State(new RunningProcess(pid.longValue(), start), one))
          : Optional.empty();
    } catch (IOException | RuntimeException e) {
      return Optional.empty();
    }
  }

  /// What the process announced, if it lives.
  Optional<Announced> living() {
    return read().filter(state -> state.process().isAlive()).map(State::announced);
  }

  /// @param about further values, such as the cluster's name
  void write(State state, Map<String, String> about) throws IOException {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("version", 1);
    json.putAll(about);
    json.put("pid", state.process().pid());
    json.put("start", state.process().start());
    json.put("announced", state.announced().json());
    Path fresh =
        Files.createTempFile(
            path.toAbsolutePath().getParent(),
            "announced",
            null,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(fresh, Json.document(json));
    Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE);
  }

  /// Ends the process, if it lives; whether it did.
  boolean end() throws InterruptedException {
    Optional<State> state = read();
    if (state.isEmpty()) {
      return false;
    }
    boolean alive = state.get().process().isAlive();
    state.get().process().end();
    remove(state.get().process());
    return alive;
  }

  /// Removes it, unless another process has written its own since.
  void remove(RunningProcess whose) {
    try {
      if (read().filter(state -> state.process().equals(whose)).isPresent()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      // Its process is gone, so it counts for nothing.
    }
  }
}
