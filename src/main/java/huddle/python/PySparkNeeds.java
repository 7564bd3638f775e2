package huddle.python;

import huddle.spark.SparkVersion;
import java.util.ArrayList;
import java.util.List;

/// What each line of PySpark asks of its optional packages. Source: the `extras_require` of
/// PySpark's own packaging, line by line.
///
/// @param pandas the oldest one; likewise the others
public record PySparkNeeds(
    String pandas, String pyarrow, String numpy, String grpc, String protos, String zstandard) {

  /// Of a release.
  public static PySparkNeeds of(SparkVersion spark) {
    if (spark.isAtLeast(4, 2)) {
      return new PySparkNeeds("2.2.0", "18.0.0", "1.21", "1.76.0", "1.71.0", "0.25.0");
    }
    if (spark.isAtLeast(4, 1)) {
      return new PySparkNeeds("2.2.0", "15.0.0", "1.21", "1.67.0", "1.65.0", "0.20.0");
    }
    if (spark.isAtLeast(4, 0)) {
      return new PySparkNeeds("2.0.0", "11.0.0", "1.21", "1.67.0", "1.65.0", "");
    }
    return new PySparkNeeds("1.0.5", "4.0.0", "1.15", "1.56.0", "1.56.4", "");
  }

  /// Constraints: they hold for packages that are there, and bring none.
  ///
  /// @param newestPandas whether pandas may be one that this Spark does not fully support
  static List<String> bounds(SparkVersion spark, boolean newestPandas) {
    PySparkNeeds needs = of(spark);
    List<String> bounds = new ArrayList<>();
    // Spark 4 warns at every start with pandas 3; 3.5 breaks with it and with numpy 2.
    bounds.add("pandas>=" + needs.pandas() + (newestPandas ? "" : ",<3"));
    bounds.add("pyarrow>=" + needs.pyarrow());
    bounds.add("numpy>=" + needs.numpy() + (spark.isAtLeast(4, 0) ? "" : ",<2"));
    bounds.add("pyspark==" + spark);
    bounds.add("pyspark-client==" + spark);
    bounds.add("pyspark-connect==" + spark);
    return bounds;
  }

  /// The METADATA of a stand-in for one of PySpark's packages: it has the extras and needs of the
  /// real one and nothing inside, for the package itself comes with Spark.
  ///
  /// @param name `pyspark`, `pyspark-client` or `pyspark-connect`
  public static String metadata(String name, SparkVersion spark) {
    PySparkNeeds needs = of(spark);
    List<String> sql =
        List.of(
            "pandas>=" + needs.pandas(), "pyarrow>=" + needs.pyarrow(), "numpy>=" + needs.numpy());
    List<String> connect = new ArrayList<>(sql);
    connect.add("grpcio>=" + needs.grpc());
    connect.add("grpcio-status>=" + needs.grpc());
    connect.add("googleapis-common-protos>=" + needs.protos());
    if (!needs.zstandard().isEmpty()) {
      connect.add("zstandard>=" + needs.zstandard());
    }
    StringBuilder text =
        new StringBuilder("Metadata-Version: 2.1\nName: %s\nVersion: %s\n".formatted(name, spark));
    if (!name.equals("pyspark")) {
      connect.forEach(need -> text.append("Requires-Dist: ").append(need).append('\n'));
    }
    List<String> numpy = List.of("numpy>=" + needs.numpy());
    List<String> pipelines = new ArrayList<>(connect);
    pipelines.add("pyyaml>=3.11");
    extra(text, "ml", numpy);
    extra(text, "mllib", numpy);
    extra(text, "sql", sql);
    extra(text, "pandas-on-spark", sql);
    extra(text, "connect", connect);
    extra(text, "pipelines", pipelines);
    return text.toString();
  }

  private static void extra(StringBuilder text, String name, List<String> needs) {
    text.append("Provides-Extra: ").append(name).append('\n');
    needs.forEach(
        need -> text.append("Requires-Dist: %s; extra == \"%s\"\n".formatted(need, name)));
  }
}
