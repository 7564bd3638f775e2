package huddle.delivery;

import huddle.event.Failure;
import huddle.python.PythonRequest.Form;
import huddle.python.PythonRequest.RequirementsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads the file of Python requirements that huddle.yaml names, with all that its outcome depends
/// on.
final class RequirementsReader {
  private static final int LONGEST_FILE = 8 << 20;
  private static final int DEEPEST = 8;
  private static final Pattern INCLUDED =
      Pattern.compile("(?m)^\\s*(?:-r|--requirement|-c|--constraint)[ =\\t]*([^\\s#]+)");

  private RequirementsReader() {}

  /// @throws Failure if there is none, or it cannot be read
  static RequirementsFile read(Path file) {
    String name = String.valueOf(file.getFileName());
    try {
      if (!Files.isRegularFile(file)) {
        throw Failure.of(
            "python.requirements: there is no file " + file,
            "write the path of a requirements.txt, pyproject.toml or uv.lock on this machine");
      }
      if (Files.size(file) > LONGEST_FILE) {
        throw Failure.of(
            "python.requirements: %s is longer than 8 MiB".formatted(file), "name a smaller one");
      }
      Form form = Form.of(name);
      return new RequirementsFile(file.toString(), form, text(file, form));
    } catch (IOException e) {
      throw Failure.of(
          "python.requirements: cannot read %s (is it text in UTF-8?)".formatted(file),
          "check its permissions and its encoding");
    }
  }

  private static String text(Path file, Form form) throws IOException {
    return switch (form) {
      case PLAIN -> withIncluded(file, 0);
      case PROJECT -> Files.readString(file);
      case LOCK -> {
        Path project = file.resolveSibling("pyproject.toml");
        if (!Files.isRegularFile(project)) {
          throw Failure.of(
              "python.requirements: %s needs the pyproject.toml that it belongs to beside it"
                  .formatted(file),
              "copy it there, or name a requirements.txt");
        }
        yield Files.readString(file) + Files.readString(project);
      }
    };
  }

  /// A file of requirements with those that it includes, so that a change of any counts.
  private static String withIncluded(Path file, int depth) throws IOException {
    String text = Files.readString(file);
    StringBuilder all = new StringBuilder(text);
    Matcher included = INCLUDED.matcher(text);
    while (included.find() && depth < DEEPEST && all.length() < LONGEST_FILE) {
      Path other = file.resolveSibling(included.group(1));
      if (Files.isRegularFile(other) && Files.size(other) < LONGEST_FILE) {
        all.append('\n').append(withIncluded(other, depth + 1));
      }
    }
    return all.toString();
  }
}
