package huddle.change;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import huddle.shell.Script;
import huddle.ssh.Output;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Runs the real scripts under a shell of the test's choice, with a login's environment.
public final class HostShell {
  private final List<String> shell;
  private final Path folder;
  private final Map<String, String> environment = new HashMap<>();

  /// @param name `dash` or `busybox sh`; skips the test where this machine lacks it
  /// @param folder the login's home
  public HostShell(String name, Path folder) {
    this.shell = List.of(name.split(" ", -1));
    this.folder = folder;
    assumeTrue(
        Stream.of("/bin", "/usr/bin").anyMatch(bin -> Files.exists(Path.of(bin, shell.getFirst()))),
        () -> "no " + shell.getFirst() + " on this machine");
    environment.put("PATH", "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin");
    environment.put("HOME", folder.toString());
  }

  public HostShell with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  public Process start(Script script) throws IOException {
    Path file = Files.createTempFile(folder, script.name(), ".sh");
    Files.writeString(file, script.render());
    ProcessBuilder builder =
        new ProcessBuilder(Stream.concat(shell.stream(), Stream.of(file.toString())).toList());
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder.directory(folder.toFile()).start();
  }

  public Output run(Script script) throws IOException, InterruptedException {
    return run(script, new byte[0]);
  }

  public Output run(Script script, byte[] input) throws IOException, InterruptedException {
    Process process = start(script);
    CompletableFuture<String> out =
        CompletableFuture.supplyAsync(() -> text(process.getInputStream()));
    CompletableFuture<String> err =
        CompletableFuture.supplyAsync(() -> text(process.getErrorStream()));
    try (OutputStream stdin = process.getOutputStream()) {
      stdin.write(input);
    } catch (IOException e) {
      // It ended without reading all of it.
    }
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError(script.name() + " did not end: " + out.join() + err.join());
    }
    return new Output(process.exitValue(), out.join(), err.join());
  }

  private static String text(InputStream in) {
    try {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }

  /// Makes every wait of a script short.
  public static Script hurried(Script script) {
    return script.after(new Script("hurry", "sleep() { command sleep 0.02; }\n", Map.of()));
  }

  public static Path program(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\n" + text + "\n");
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /// Field `n` of /proc/PID/stat, 3 or later.
  public static String stat(long pid, int n) throws IOException {
    String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
    return List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)).get(n - 3);
  }

  public static boolean isAlive(long pid) {
    try {
      return !stat(pid, 3).equals("Z");
    } catch (IOException e) {
      return false;
    }
  }

  /// The processes of the session that this one leads.
  public static List<Long> session(long leader) throws IOException {
    try (Stream<Path> all = Files.list(Path.of("/proc"))) {
      return all.map(path -> path.getFileName().toString())
          .filter(name -> name.matches("[0-9]+"))
          .map(Long::valueOf)
          .filter(pid -> {
            try {
              return stat(pid, 6).equals(Long.toString(leader)) && isAlive(pid);
            } catch (IOException e) {
              return false;
            }
          })
          .toList();
    }
  }

  public interface Condition {
    boolean holds() throws IOException;
  }

  /// Waits until something is so; fails after 20 s.
  public static void await(String what, Condition condition)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!condition.holds()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("never came: " + what);
      }
      Thread.sleep(10);
    }
  }
}
