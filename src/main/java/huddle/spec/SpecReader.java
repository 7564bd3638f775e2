package huddle.spec;

import huddle.spec.ShortForms.At;
import huddle.spec.Yaml.Place;
import java.util.Map;
import java.util.Optional;

/// Reads huddle.yaml: the records of this package say what may be in it.
public final class SpecReader {
  /// No file is read beyond this.
  public static final int BYTE_LIMIT = 1 << 20;

  private SpecReader() {}

  /// The spec, or everything that is wrong with it. Takes any bytes at all.
  ///
  /// @param fileName as the person named it; begins each problem
  /// @param content of the file; a caller may stop reading it one byte after [#BYTE_LIMIT]
  public static Reading read(String fileName, byte[] content) {
    Problems problems = new Problems(fileName);
    try {
      Optional<ClusterSpec> spec = read(YamlReader.read(content, problems), problems);
      if (spec.isPresent() && problems.isEmpty()) {
        return new Reading.Valid(spec.get());
      }
    } catch (Unreadable e) {
      problems.add(e.place(), "", e.text());
    }
    return new Reading.Invalid(problems.all());
  }

  private static Optional<ClusterSpec> read(Yaml root, Problems problems) throws Unreadable {
    if (!(root instanceof Yaml.Mapping mapping)) {
      problems.add(
          Place.START, "", "is " + root.kind() + "; write keys with values, as name: penguins");
      return Optional.empty();
    }
    RecordReader reader = new RecordReader(problems);
    Map<String, Object> values = reader.values(ClusterSpec.class, mapping, new At(Place.START, ""));
    new ClusterRules(values, reader, problems).check();
    return RecordReader.build(ClusterSpec.class, values).map(ClusterSpec.class::cast);
  }
}
