package huddle.shell;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// A word that was quoted comes back from real shells byte for byte: as an argument, and as a
/// script's variable.
public final class ShellWordFuzz {
  private static final List<List<String>> SHELLS =
      List.of(List.of("sh"), List.of("dash"), List.of("busybox", "sh"), List.of("bash", "--posix"));

  private static final List<Shell> RUNNING = start();

  private ShellWordFuzz() {}

  public static void fuzzerTestOneInput(byte[] bytes) {
    String word = new String(bytes, StandardCharsets.UTF_8);
    if (word.indexOf('\0') >= 0) {
      checkRefused(word);
      return;
    }
    byte[] expected = word.getBytes(StandardCharsets.UTF_8);
    String argument = "printf %s " + ShellWord.quote(word) + "\n";
    String variable =
        new Script("fuzz", "printf %s \"$WORD\"\n", Map.of()).with("WORD", word).render();
    for (Shell shell : RUNNING) {
      shell.check(argument, expected);
      shell.check(variable, expected);
    }
  }

  private static void checkRefused(String word) {
    String quoted;
    try {
      quoted = ShellWord.quote(word);
    } catch (IllegalArgumentException e) {
      return;
    }
    throw new AssertionError("quoted a NUL: " + quoted);
  }

  private static List<Shell> start() {
    List<Shell> shells = new ArrayList<>();
    for (List<String> words : SHELLS) {
      boolean present =
          List.of("/bin", "/usr/bin").stream()
              .anyMatch(folder -> Files.isExecutable(Path.of(folder, words.getFirst())));
      if (present) {
        shells.add(Shell.of(words));
      }
    }
    if (shells.size() < 2) {
      throw new IllegalStateException("no shells to ask on this machine");
    }
    return shells;
  }

  /// One that stays, so that a word costs no process.
  private record Shell(List<String> words, OutputStream in, InputStream out) {
    static Shell of(List<String> words) {
      try {
        List<String> command = new ArrayList<>(words);
        command.add("-s");
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().put("LC_ALL", "C.UTF-8");
        Process process = builder.start();
        return new Shell(words, process.getOutputStream(), process.getInputStream());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /// Reads as much as was expected; anything more or less shows where the mark should be.
    void check(String script, byte[] expected) {
      try {
        in.write((script + "\nprintf '\\001%s' end\n").getBytes(StandardCharsets.UTF_8));
        in.flush();
        byte[] mark = {1, 'e', 'n', 'd'};
        byte[] found = out.readNBytes(expected.length + mark.length);
        byte[] wanted = Arrays.copyOf(expected, expected.length + mark.length);
        System.arraycopy(mark, 0, wanted, expected.length, mark.length);
        if (!Arrays.equals(found, wanted) || out.available() > 0) {
          throw new AssertionError(
              "%s read %s from %s"
                  .formatted(words, new String(found, StandardCharsets.UTF_8), script));
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
