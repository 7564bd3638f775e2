package huddle.python;

import huddle.spark.ConfFile;
import huddle.spark.SparkVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// What an environment is asked to hold.
///
/// @param spark whose PySpark it goes with
/// @param minor of Python, `3.11`
/// @param packages requirements as pip writes them: `pandas`, `scikit-learn>=1.5`
/// @param file of requirements, if one is named
/// @param base pins that it must agree with: those of the cluster's environment, for the notebook's
/// @param asked whether the file asks for it; else these are Huddle's defaults, without which a
///   cluster also works
public record PythonRequest(
    PythonKind kind,
    SparkVersion spark,
    String minor,
    List<String> packages,
    Optional<RequirementsFile> file,
    Pins base,
    boolean asked) {
  /// What every cluster's Python has if the file says nothing of it.
  public static final List<String> DEFAULT = List.of("pandas", "pyarrow");

  /// PySpark and what comes with Spark itself: resolved with the rest, not installed.
  public static final List<String> SPARKS_OWN =
      List.of("pyspark", "pyspark-client", "pyspark-connect", "py4j");

  private static final Pattern PANDAS_VERSION =
      Pattern.compile("(?m)^[\\s\"',]*pandas\\s*(\\[[^]]*])?\\s*([<>=~!@(])");

  public PythonRequest {
    packages = List.copyOf(packages);
  }

  /// @param path on the operator's machine, absolute
  /// @param text its content
  public record RequirementsFile(String path, Form form, String text) {}

  /// What a file of requirements is.
  public enum Form {
    /// `requirements.txt`
    PLAIN,
    /// `pyproject.toml`: the dependencies of its project
    PROJECT,
    /// `uv.lock`: exact versions
    LOCK;

    /// By a file's name.
    public static Form of(String name) {
      return switch (name) {
        case "pyproject.toml" -> PROJECT;
        case "uv.lock" -> LOCK;
        default -> PLAIN;
      };
    }
  }

  /// Constraints: what PySpark needs, and the pins of the base. The user's own word on pandas'
  /// version is kept.
  public List<String> constraints() {
    List<String> constraints = new ArrayList<>(PySparkNeeds.bounds(spark, namesPandasVersion()));
    base.all().stream().map(Pins.Pin::line).forEach(constraints::add);
    return constraints;
  }

  private boolean namesPandasVersion() {
    boolean inPackages = packages.stream().anyMatch(line -> PANDAS_VERSION.matcher(line).find());
    return inPackages
        || file.filter(f ->
                switch (f.form()) {
                  case LOCK -> true;
                  case PLAIN, PROJECT -> PANDAS_VERSION.matcher(f.text()).find();
                })
            .isPresent();
  }

  /// The same for another platform: it agrees with what the first one came to.
  public PythonRequest with(Pins pins) {
    return new PythonRequest(kind, spark, minor, packages, file, base.and(pins), asked);
  }

  /// Digest of all that the outcome depends on but time: while it stays the same, what was resolved
  /// before is kept.
  public String digest() {
    StringBuilder all = new StringBuilder("huddle-python-request 1\n");
    all.append(kind).append('\n').append(minor).append('\n');
    packages.forEach(line -> all.append("package ").append(line.strip()).append('\n'));
    file.ifPresent(f ->
        all.append("file ")
            .append(f.form())
            .append(' ')
            .append(ConfFile.sha256(f.text()))
            .append('\n'));
    constraints().forEach(line -> all.append("constraint ").append(line).append('\n'));
    return ConfFile.sha256(all.toString());
  }

  /// Whether nothing at all is asked for.
  public boolean isEmpty() {
    return packages.isEmpty() && file.isEmpty();
  }
}
