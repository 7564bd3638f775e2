package huddle.ssh;

import huddle.event.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Gives one password to one ssh: a FIFO in a private folder, and the program that reads it. The
/// password is never in a file, an environment or on a command line; closing removes the rest.
final class Askpass implements AutoCloseable {
  private final Path folder;
  private final RandomAccessFile fifo;

  /// @param parent private to the operator
  /// @param password wiped once it is written
  static Askpass open(String host, Path parent, char[] password) {
    try {
      Path folder = Files.createTempDirectory(parent, "askpass");
      Path program = folder.resolve("askpass");
      try (InputStream in = Askpass.class.getResourceAsStream("askpass.sh")) {
        if (in == null) {
          throw new IllegalStateException("askpass.sh is missing");
        }
        Files.write(program, in.readAllBytes());
      }
      Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
      Path fifo = folder.resolve("password");
      Output made =
          new ClientCommand(host, List.of("mkfifo", "-m", "600", fifo.toString()), Map.of(), folder)
              .run(Duration.ofSeconds(10));
      if (made.exit() != 0) {
        throw new IOException(made.stderr());
      }
      // Open for both: nothing waits for the other side, and the password stays in the pipe.
      return new Askpass(folder, new RandomAccessFile(fifo.toFile(), "rw"), password);
    } catch (IOException e) {
      throw Failure.on(host, "the password cannot be passed to ssh: " + e.getMessage(), "");
    }
  }

  private Askpass(Path folder, RandomAccessFile fifo, char[] password) throws IOException {
    this.folder = folder;
    this.fifo = fifo;
    ByteBuffer bytes = ByteBuffer.allocate(4 * password.length + 1);
    StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(password), bytes, true);
    bytes.put((byte) '\n');
    fifo.write(bytes.array(), 0, bytes.position());
    Arrays.fill(bytes.array(), (byte) 0);
    Arrays.fill(password, '\0');
  }

  /// What ssh's environment needs.
  ///
  /// @param config a password for a host behind a jump host is given to no other
  Map<String, String> environment(SshConfig config) {
    return Map.of(
        "SSH_ASKPASS", folder.resolve("askpass").toString(),
        "SSH_ASKPASS_REQUIRE", "force",
        // Clients before 8.4 know only this one.
        "DISPLAY", System.getenv().getOrDefault("DISPLAY", ":0"),
        "HUDDLE_ASKPASS", folder.resolve("password").toString(),
        "HUDDLE_ASKPASS_HOST", config.jumps() ? config.keyName() : "");
  }

  @Override
  public void close() {
    try {
      fifo.close();
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(folder);
    } catch (IOException e) {
      // It holds no secret any more: the FIFO's content went with its descriptor.
    }
  }
}
