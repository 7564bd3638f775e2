package huddle.ssh;

import huddle.shell.Script;
import huddle.shell.ShellWord;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;

/// How a script gets to sh on a host: a command that never changes reads the script's length and
/// exactly that many bytes from standard input, and leaves the rest of it to the script. So nothing
/// of a script or its values is ever seen on a command line or by the login shell.
///
/// @param marker a line that nobody can guess: what comes before it is the login shell's
record Bootstrap(String marker) {
  /// What `sh -c` runs. The first dd reads a 16 KiB script in about a millisecond; one that has no
  /// `fullblock` refuses before it reads, and the second, exact everywhere, takes ten.
  static final String PROGRAM =
      "read -r n || exit 255; "
          + "s=$({ dd bs=$n count=1 iflag=fullblock || dd ibs=1 obs=65536 count=$n; } 2>/dev/null)"
          + " || exit 255; "
          + "eval \"$s\"";

  /// What the login shell runs: the same to sh, bash, csh, tcsh, zsh and fish.
  static final String COMMAND = "exec sh -c " + ShellWord.quote(PROGRAM);

  private static final SecureRandom RANDOM = new SecureRandom();

  /// A marker of its own for each call.
  static Bootstrap random() {
    byte[] bytes = new byte[16];
    RANDOM.nextBytes(bytes);
    return new Bootstrap("huddle-" + HexFormat.of().formatHex(bytes));
  }

  /// What goes to standard input ahead of the script's own input. The braces make sh read the whole
  /// script before it starts: one that was cut on its way never runs in part.
  byte[] frame(Script script) {
    String program = script.render();
    if (program.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("script " + script.name() + " holds a NUL character");
    }
    byte[] bytes =
        "{ umask 077; LC_ALL=C; export LC_ALL; echo %s >&2; echo \"%s $$\"\n%s\n}"
            .formatted(marker, marker, program)
            .getBytes(StandardCharsets.UTF_8);
    byte[] length = (bytes.length + "\n").getBytes(StandardCharsets.US_ASCII);
    byte[] frame = new byte[length.length + bytes.length];
    System.arraycopy(length, 0, frame, 0, length.length);
    System.arraycopy(bytes, 0, frame, length.length, bytes.length);
    return frame;
  }
}
