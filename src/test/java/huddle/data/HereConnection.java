package huddle.data;

import huddle.shell.Script;
import huddle.ssh.Connection;
import huddle.ssh.Output;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A host that is a folder of this machine, with the cluster's Python and an address on loopback.
final class HereConnection implements Connection {
  private final String host;
  private final Path root;
  final List<Process> started = new CopyOnWriteArrayList<>();

  HereConnection(String host, Path root, String address) throws IOException {
    this.host = host;
    this.root = root;
    Files.createDirectories(root.resolve("bin"));
    Files.createDirectories(root.resolve("run"));
    Files.createDirectories(root.resolve("conf"));
    Path python =
        Files.writeString(root.resolve("bin/huddle-python"), "#!/bin/sh\nexec python3 \"$@\"\n");
    Files.setPosixFilePermissions(python, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.writeString(
        root.resolve("conf/spark-env.sh"), "export SPARK_LOCAL_HOSTNAME='" + address + "'\n");
  }

  Push.Target target() {
    return new Push.Target(this, root.toString());
  }

  @Override
  public String host() {
    return host;
  }

  @Override
  public Output run(Script script, Bytes input, Duration bound) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Session start(Script script) {
    try {
      Path file = Files.writeString(Files.createTempFile(root, "script", ".sh"), script.render());
      Process process = new ProcessBuilder("sh", file.toString()).start();
      started.add(process);
      return new Session() {
        @Override
        public OutputStream stdin() {
          return process.getOutputStream();
        }

        @Override
        public InputStream stdout() {
          return process.getInputStream();
        }

        @Override
        public InputStream stderr() {
          return process.getErrorStream();
        }

        @Override
        public int exit() throws InterruptedException {
          return process.waitFor();
        }

        @Override
        public void close() {
          try {
            process.getOutputStream().close();
          } catch (IOException e) {
            // It has ended.
          }
        }
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Channel dial(String address, int port) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Channel dialSocket(String path) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}
}
