package huddle.lab;

import huddle.event.Failure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Switches one host on and waits until its sshd answers this machine.
record HostBoot(LabFolder lab, LabHost host) {
  private static final Duration BOUND = Duration.ofSeconds(20);

  void boot() {
    Path log = host.folder().resolve("boot.log");
    // Away from the terminal, whose Ctrl-C is not for hosts.
    ProcessBuilder builder =
        Processes.builder(
                List.of(
                    "setsid",
                    "sh",
                    lab.script("host-boot").toString(),
                    lab.path().toString(),
                    host.name()))
            .redirectError(log.toFile());
    Process process = Processes.start(builder);
    if (!firstLine(process).equals("up")) {
      // The host is the child of this process and dies with it.
      process.destroyForcibly();
      host.kill();
      String said = text(log);
      throw new Failure(host.name(), "it did not boot: " + Processes.lastLine(said), "", said);
    }
    awaitSsh();
  }

  private static String firstLine(Process process) {
    CompletableFuture<String> line = new CompletableFuture<>();
    Thread.startVirtualThread(() -> {
      try {
        BufferedReader reader = process.inputReader(StandardCharsets.UTF_8);
        String first = reader.readLine();
        line.complete(first == null ? "" : first);
      } catch (IOException e) {
        line.complete("");
      }
    });
    try {
      return line.get(BOUND.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }

  /// It listens; now see whether this machine's firewall lets the operator through.
  private void awaitSsh() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(host.address(), 22), (int) BOUND.toMillis());
      socket.setSoTimeout((int) BOUND.toMillis());
      try (InputStream in = socket.getInputStream()) {
        if (new String(in.readNBytes(4), StandardCharsets.US_ASCII).equals("SSH-")) {
          return;
        }
      }
    } catch (IOException e) {
      // Said below: to the operator it is the same.
    }
    throw Failure.on(
        host.name(),
        "its sshd is up, but this machine cannot reach it at " + host.address() + ":22",
        "let this machine's firewall pass 10.213.0.0/16, or remove what else uses that network");
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return "";
    }
  }
}
