package huddle.spec;

import static huddle.spec.Problem.quoted;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Which rule goes with which key. The reader applies them, the schema shows them to editors.
final class Rules {
  private static final Rule NAME =
      Rule.of(
          "[a-z][a-z0-9-]{0,39}",
          text ->
              quoted(text)
                  + " is not a name for a cluster; write a letter, then up to 39 of a-z, 0-9 and"
                  + " hyphens");

  private static final long LEAST_MEMORY = 512;
  private static final String SOME_SIZE = "24g";
  private static final Pattern ROUGH_SIZE =
      Pattern.compile(
          "\\s*([0-9]{1,6}(?:\\.[0-9]{1,3})?)(?![0-9.])\\s*([mgt])?.*",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private static final Rule MEMORY =
      new Rule(
          "[0-9]{1,9}[mMgGtT][bB]?",
          text ->
              MemorySize.parse(text)
                  .map(size ->
                      size.mebibytes() >= LEAST_MEMORY
                          ? Optional.<String>empty()
                          : Optional.of(
                              quoted(text) + " is too little for Spark; write 512m or more"))
                  .orElseGet(() ->
                      Optional.of(quoted(text) + " is not a size; write " + likelySize(text))));

  private static final Rule.Whole CORES = new Rule.Whole(1, 10_000, "a number of cores");

  private static final Map<String, Rule> TEXTS =
      Map.ofEntries(
          Map.entry("ClusterSpec.name", NAME),
          Map.entry("ClusterSpec.conf", SparkRules.VALUE),
          Map.entry("ClusterSpec.env", SparkRules.VALUE),
          Map.entry("HostSpec.host", HostRules.HOST),
          Map.entry("HostSpec.user", HostRules.USER),
          Map.entry("HostSpec.identity", Paths.HERE),
          Map.entry("HostSpec.root", Paths.ROOT),
          Map.entry("HostSpec.memory", MEMORY),
          Map.entry("HostSpec.dirs", Paths.ON_HOST),
          Map.entry("HostSpec.env", SparkRules.VALUE),
          Map.entry("SparkSpec.version", SparkRules.VERSION),
          Map.entry("SparkSpec.source", SparkRules.SOURCE),
          Map.entry("JavaSpec.source", Paths.HERE),
          Map.entry("PythonSpec.version", SparkRules.PYTHON),
          Map.entry("PythonSpec.path", Paths.ON_HOST),
          Map.entry("PythonSpec.packages", Packages.REQUIREMENT),
          Map.entry("PythonSpec.requirements", Paths.NEAR),
          Map.entry("PythonSpec.source", Paths.HERE),
          Map.entry("ClusterSpec.packages", Packages.COORDINATE),
          Map.entry("ClusterSpec.data", Paths.SHARED),
          Map.entry("NotebookSpec.host", HostRules.HOST),
          Map.entry("NotebookSpec.folder", Paths.ON_HOST),
          Map.entry("ServiceSpec.memory", MEMORY));

  private static final Map<String, Rule> NAMES =
      Map.of(
          "ClusterSpec.conf", SparkRules.CONF_KEY,
          "ClusterSpec.env", SparkRules.ENV_NAME,
          "HostSpec.env", SparkRules.ENV_NAME);

  private static final Map<String, Rule.Whole> NUMBERS =
      Map.ofEntries(
          Map.entry("HostSpec.port", HostRules.PORT),
          Map.entry("HostSpec.cores", CORES),
          Map.entry("ServiceSpec.cores", CORES),
          Map.entry("JavaSpec.version", SparkRules.JAVA),
          Map.entry("Ports.master", HostRules.PORT),
          Map.entry("Ports.masterUi", HostRules.PORT),
          Map.entry("Ports.worker", HostRules.PORT),
          Map.entry("Ports.workerUi", HostRules.PORT),
          Map.entry("Ports.connect", HostRules.PORT),
          Map.entry("Ports.thrift", HostRules.PORT),
          Map.entry("Ports.history", HostRules.PORT));

  private Rules() {}

  /// Of a text, of each text in a list, or of each value in a map.
  static Rule text(SpecKey key) {
    return found(TEXTS, key);
  }

  /// Of the names in a map that is the key's value.
  static Rule names(SpecKey key) {
    return found(NAMES, key);
  }

  static Rule.Whole number(SpecKey key) {
    return found(NUMBERS, key);
  }

  /// A key without its rule is a mistake of ours; reading any file at all shows it.
  private static <R> R found(Map<String, R> rules, SpecKey key) {
    R rule = rules.get(key.owner().getSimpleName() + "." + key.name());
    if (rule == null) {
      throw new IllegalStateException("no rule for " + key);
    }
    return rule;
  }

  /// What was probably meant by `24 gigs`, `24`, `1.5g` or `24 GiB`.
  private static String likelySize(String text) {
    Matcher matcher = ROUGH_SIZE.matcher(text);
    if (!matcher.matches()) {
      return SOME_SIZE;
    }
    long unit =
        switch (matcher.group(2) == null ? "g" : matcher.group(2).toLowerCase(Locale.ROOT)) {
          case "m" -> 1;
          case "g" -> 1024;
          default -> 1024 * 1024;
        };
    long mebibytes = Math.round(Double.parseDouble(matcher.group(1)) * unit);
    return mebibytes < LEAST_MEMORY ? SOME_SIZE : new MemorySize(mebibytes).toString();
  }
}
