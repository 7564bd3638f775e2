package huddle.artifact;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// Arranges what uv installed into a folder as the tree of a virtual environment, without its
/// interpreter, for any path and login.
final class PythonTar {
  private static final int LONGEST_SCRIPT = 1 << 20;
  private static final List<String> DATA = List.of("share", "etc", "include");

  private PythonTar() {}

  /// @param minor `3.11`
  /// @param texts further files, by name
  static void write(
      Source source, String minor, java.util.Map<String, String> texts, OutputStream out)
      throws IOException {
    TarWriter tar = new TarWriter(out);
    Arranger.arrange(
        new FilteredSource(source, PythonTar::relocated),
        name -> place(name, minor),
        tar,
        name -> {});
    try {
      for (var text : texts.entrySet()) {
        tar.addText(text.getKey(), text.getValue());
      }
    } catch (Hostile e) {
      throw new IllegalStateException(e);
    }
    tar.finish();
  }

  private static Optional<String> place(String name, String minor) {
    String first = EntryName.first(name);
    if (first.equals("bin")) {
      // The interpreter's own names are made on the host.
      return name.matches("bin/(python|activate).*") ? Optional.empty() : Optional.of(name);
    }
    if (first.equals(".lock") || name.matches("(.*/)?__pycache__(/.*)?")) {
      return Optional.empty();
    }
    return Optional.of(
        DATA.contains(first) ? name : "lib/python" + minor + "/site-packages/" + name);
  }

  /// Scripts name the interpreter of the machine that made them; here they look beside themselves.
  private static Entry.File relocated(Entry.File file) throws IOException {
    return file.name().startsWith("bin/") && file.size() <= LONGEST_SCRIPT
        ? file.with(relocated(file.bytes().readNBytes((int) file.size())))
        : file;
  }

  private static byte[] relocated(byte[] script) {
    String text = new String(script, StandardCharsets.ISO_8859_1);
    if (!text.startsWith("#!")) {
      return script;
    }
    int end = text.indexOf('\n');
    // uv writes three lines where the path of its interpreter is long or holds spaces.
    boolean three = text.startsWith("#!/bin/sh\n'''exec'");
    if (three) {
      end = text.indexOf('\n', text.indexOf("\n' '''", end));
    }
    if (end < 0 || !(three || text.substring(0, end).contains("python"))) {
      return script;
    }
    String head =
        """
        #!/bin/sh
        '''exec' "$(dirname -- "$(readlink -f -- "$0")")"/python3 "$0" "$@"
        ' '''
        """;
    return (head + text.substring(end + 1)).getBytes(StandardCharsets.ISO_8859_1);
  }
}
