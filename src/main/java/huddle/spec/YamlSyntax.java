package huddle.spec;

import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// The parser's complaints in our words. Recognised by fixed pieces of the parser's text, which
/// tests pin; what is not recognised still gets its place.
final class YamlSyntax {
  private YamlSyntax() {}

  static Unreadable explain(YamlEngineException e) {
    if (!(e instanceof MarkedYamlEngineException marked)) {
      return new Unreadable(Yaml.Place.START, "is not YAML; `huddle init` writes a right one");
    }
    String problem = marked.getProblem() == null ? "" : marked.getProblem();
    String context = marked.getContext() == null ? "" : marked.getContext();
    boolean opened =
        problem.contains("end of stream")
            || problem.contains("<stream end>")
            || problem.contains("expected ':'");
    Optional<Mark> mark =
        opened && marked.getContextMark().isPresent()
            ? marked.getContextMark()
            : marked.getProblemMark();
    return new Unreadable(YamlReader.place(mark), sentence(problem, context));
  }

  private static String sentence(String problem, String context) {
    if (problem.contains("TAB")) {
      return "a tab stands where YAML wants spaces; indent with spaces";
    }
    if (problem.contains("cannot start any token")) {
      return "this character cannot begin a value; put the value in double quotes";
    }
    if (problem.contains("end of stream") || problem.contains("document separator")) {
      return "the quote that opens here is never closed";
    }
    if (problem.contains("expected ':'")) {
      return "this line is neither a key with its colon nor a list entry; write key: value";
    }
    if (problem.contains("mapping values are not allowed")) {
      return "a colon does not fit here; indent the line as its neighbours are, or quote a value"
          + " that holds \": \"";
    }
    if (problem.contains("sequence entries are not allowed")) {
      return "a list entry does not fit here; put it on a line of its own";
    }
    if (context.contains("flow") && problem.contains("<stream end>")) {
      return "the bracket that opens here is never closed";
    }
    if (problem.contains("node content")) {
      return "a value is missing here, or it begins with a character that wants double quotes";
    }
    if (context.contains("flow")) {
      return "a comma or the closing bracket is missing here; quote an entry that holds brackets,"
          + " as \"worker[1-8]\"";
    }
    if (problem.contains("<document start>")) {
      return "this does not go on from the lines above; begin the keys of one map in one column";
    }
    if (problem.contains("<block end>") || context.contains("block")) {
      return "the indentation does not fit the lines above; indent entries of one list or map alike";
    }
    if (problem.contains("escape")) {
      return "this backslash means nothing in double quotes; write \\\\ or use single quotes";
    }
    return "is not YAML here; put the value in double quotes if it is text";
  }
}
