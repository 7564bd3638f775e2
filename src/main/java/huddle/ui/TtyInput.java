package huddle.ui;

import huddle.event.Failure;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.stream.Stream;

/// Reads from the controlling terminal with its echo off, wherever the standard streams go
/// (System.console() wants them all to be terminals). The terminal gets its settings back also when
/// the process is interrupted meanwhile.
public final class TtyInput implements HiddenInput {
  private static final Path TTY = Path.of("/dev/tty");
  private static final int LONGEST = 1_024;

  @Override
  public char[] read() {
    String before = stty("-g").strip();
    Thread restore = new Thread(() -> restored(before), "restore the terminal");
    Runtime.getRuntime().addShutdownHook(restore);
    try (InputStream in = Files.newInputStream(TTY)) {
      stty("-echo");
      return line(in);
    } catch (IOException e) {
      throw Failure.of("the terminal cannot be read: " + e.getMessage(), "");
    } finally {
      stty(before);
      removeHook(restore);
    }
  }

  // Interrupted in the middle of its line: what comes next starts on a new one.
  private static void restored(String settings) {
    stty(settings);
    try {
      Files.writeString(TTY, "\n", StandardOpenOption.WRITE);
    } catch (IOException e) {
      // The terminal is gone, and nobody looks at it.
    }
  }

  private static char[] line(InputStream in) throws IOException {
    byte[] bytes = new byte[LONGEST];
    int length = 0;
    for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
      if (length == LONGEST) {
        throw new IOException("the line is too long");
      }
      bytes[length++] = (byte) next;
    }
    CharBuffer chars = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(bytes, 0, length));
    char[] password = Arrays.copyOfRange(chars.array(), chars.position(), chars.limit());
    Arrays.fill(bytes, (byte) 0);
    Arrays.fill(chars.array(), '\0');
    return password;
  }

  private static String stty(String... words) {
    try {
      Process stty =
          new ProcessBuilder(Stream.concat(Stream.of("stty"), Stream.of(words)).toList())
              .redirectInput(new File(TTY.toString()))
              .redirectErrorStream(true)
              .start();
      String said = new String(stty.getInputStream().readNBytes(4_096), StandardCharsets.UTF_8);
      if (stty.waitFor() != 0) {
        throw Failure.of("the terminal's echo cannot be turned off: " + said, "");
      }
      return said;
    } catch (IOException e) {
      throw Failure.of("the terminal's echo cannot be turned off: " + e.getMessage(), "");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failure.of("interrupted while asking", "");
    }
  }

  private static void removeHook(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending: the hook runs.
    }
  }
}
