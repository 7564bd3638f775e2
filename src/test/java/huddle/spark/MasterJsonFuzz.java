package huddle.spark;

import huddle.event.Failure;
import huddle.json.Json;
import huddle.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Whatever answers at the Master's page is a state or none, and JSON that was read can be written
/// and read again.
public final class MasterJsonFuzz {
  private MasterJsonFuzz() {}

  public static void fuzzerTestOneInput(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    Optional<MasterState> state = MasterJson.parse(text);
    state.ifPresent(found -> {
      if (found.workers().size() > 10_000 || found.applications().size() > 10_000) {
        throw new AssertionError("more than anyone has");
      }
      found.worker("10.0.0.1", 7078);
      found.isAlive();
    });
    Map<String, @Nullable Object> object;
    try {
      object = new JsonText("", "a document", text).object();
    } catch (Failure failure) {
      return;
    }
    String written = Json.document(object);
    if (!Json.document(new JsonText("", "what was written", written).object()).equals(written)) {
      throw new AssertionError("read back differently: " + written);
    }
  }
}
