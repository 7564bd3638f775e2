package huddle.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// The real uv, as it is fetched for operators without one from the index that this machine is
/// configured for.
final class RealUv {
  private RealUv() {}

  /// @param folder home and caches of its own
  /// @param variables what the operator has set besides
  static Uv in(Path folder, Map<String, String> variables) {
    Path tests =
        Path.of(System.getProperty("huddle.test.cache", "target/test-cache")).toAbsolutePath();
    UvWheel wheel = UvWheel.here(new Cache(tests.resolve("huddle")));
    OperatorEnvironment real = OperatorEnvironment.current();
    Path program =
        wheel.get(
            () -> PythonIndex.find(real, new LocalCommands(real.variables())), Progress.SILENT);
    assertThat(program).isExecutable();
    Map<String, String> all = new HashMap<>(variables);
    all.put("PATH", System.getenv("PATH"));
    all.put("HOME", folder.toString());
    all.put("UV_CACHE_DIR", folder.resolve("uv").toString());
    all.put("UV_HTTP_RETRIES", "0");
    return new Uv(new OperatorEnvironment(all, folder), wheel);
  }
}
