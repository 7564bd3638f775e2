package huddle.delivery;

import huddle.apply.Payloads.Payload;
import huddle.artifact.PythonBundle;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The archives of environments and interpreters that one plan installs: each is made once, however
/// many hosts get it.
final class PythonPayloads {
  private final Map<Environment, Payload> environments = new HashMap<>();
  private final Map<String, Payload> interpreters = new HashMap<>();

  private record Environment(String folder, String platform) {}

  /// Makes an environment's, if it is the first host that wants it.
  void environment(String folder, String platform, Supplier<PythonBundle> made) {
    environments.computeIfAbsent(new Environment(folder, platform), _ -> payload(made.get()));
  }

  /// Likewise an interpreter's.
  void interpreter(String platform, Supplier<PythonBundle> made) {
    interpreters.computeIfAbsent(platform, _ -> payload(made.get()));
  }

  private static Payload payload(PythonBundle bundle) {
    return new Payload(bundle.tar(), bundle.identity(), bundle.bytes());
  }

  Payload environment(String folder, String platform) {
    return made(environments.get(new Environment(folder, platform)), folder, platform);
  }

  Payload interpreter(String platform) {
    return made(interpreters.get(platform), "an interpreter", platform);
  }

  private static Payload made(@Nullable Payload payload, String what, String platform) {
    if (payload == null) {
      throw new IllegalStateException("no plan asked for " + what + " for " + platform);
    }
    return payload;
  }
}
