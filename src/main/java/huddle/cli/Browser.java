package huddle.cli;

import huddle.ssh.SocketDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The operator's browser. The address goes to it in a file that only the operator can read: on a
/// command line, everyone on this machine could read the token in it.
///
/// @param context whose environment names it
record Browser(Context context) {
  /// Opens an address; whether there is a browser to open it with.
  boolean open(String url) {
    Optional<String> program = program();
    if (program.isEmpty()) {
      return false;
    }
    try {
      Path folder = SocketDirectory.open(context.environment());
      Path fresh =
          Files.createTempFile(
              folder,
              "open",
              ".html",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(
          fresh,
          """
          <!DOCTYPE html><meta charset="utf-8"><meta name="referrer" content="no-referrer">
          <meta http-equiv="refresh" content="0;url=%s"><title>huddle</title>
          """
              .formatted(url.replace("&", "&amp;").replace("\"", "&quot;")),
          StandardCharsets.UTF_8);
      Path file = folder.resolve("open.html");
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
      new ProcessBuilder(List.of(program.get(), file.toUri().toString()))
          .redirectInput(Path.of("/dev/null").toFile())
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /// What `BROWSER` names, or xdg-open where there is a desktop.
  private Optional<String> program() {
    boolean desktop =
        Stream.of("DISPLAY", "WAYLAND_DISPLAY")
            .anyMatch(name -> !context.environment().getOrDefault(name, "").isEmpty());
    return Stream.concat(
            Arrays.stream(context.environment().getOrDefault("BROWSER", "").split(":", -1)),
            desktop ? Stream.of("xdg-open") : Stream.of())
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .map(this::find)
        .flatMap(Optional::stream)
        .findFirst();
  }

  private Optional<String> find(String program) {
    return program.startsWith("/")
        ? Optional.of(program).filter(name -> Files.isExecutable(Path.of(name)))
        : Arrays.stream(context.environment().getOrDefault("PATH", "").split(":", -1))
            .filter(folder -> folder.startsWith("/"))
            .map(folder -> Path.of(folder, program))
            .filter(Files::isExecutable)
            .map(Path::toString)
            .findFirst();
  }
}
