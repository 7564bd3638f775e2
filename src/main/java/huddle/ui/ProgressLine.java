package huddle.ui;

import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// One line at the foot of the terminal that is drawn over in place, beside a program's output. It
/// stays away while the program is in the middle of a line.
public final class ProgressLine {
  private final Surface err;
  private long ticks;

  /// @param err a terminal's
  public ProgressLine(Surface err) {
    this.err = err;
  }

  /// Draws it, or takes it away.
  public synchronized void show(Optional<String> text) {
    ticks++;
    err.screen()
        .show(
            List.of(),
            text.map(t ->
                    List.of(
                        err.style().paint(Tone.GOOD, err.style().spinner(ticks))
                            + " "
                            + err.style().cut(Columns.clean(t), err.columns() - 3)))
                .orElse(List.of()));
  }

  /// A stream whose bytes, UTF-8 text, appear above the line.
  public OutputStream beside(Surface surface) {
    return new Beside(surface);
  }

  /// Characters may come in pieces.
  private static final class Beside extends OutputStream {
    private final Surface surface;
    private final CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    private ByteBuffer rest = ByteBuffer.allocate(0);

    Beside(Surface surface) {
      this.surface = surface;
    }

    @Override
    public void write(int b) {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
      ByteBuffer all = ByteBuffer.allocate(rest.remaining() + length);
      all.put(rest).put(bytes, offset, length).flip();
      CharBuffer text = CharBuffer.allocate(all.remaining() + 1);
      decoder.decode(all, text, false);
      rest = all;
      surface.print(text.flip().toString());
    }
  }
}
