package huddle.notebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a notebook server says comes from a host: whole, partly or not at all.
class OpenNotebookTest {
  @Test
  void readsWhatTheServerSays() throws IOException {
    assertThat(
            OpenNotebook.read(
                """
                {"notebooks": [
                  {"notebook": "a/fish.ipynb", "kernel": "1f03", "kind": "spark", "state": "idle",
                   "connections": 1, "lastActivity": "2026-11-24T23:12:47.1Z",
                   "application": "app-1", "jobs": 1, "streams": 2},
                  {"kernel": "2a"}]}
                """,
                "notebooks"))
        .containsExactly(
            new OpenNotebook(
                "a/fish.ipynb", "1f03", "spark", "idle", "2026-11-24T23:12:47.1Z", "app-1", 1, 2),
            new OpenNotebook("", "2a", "", "", "", "", 0, 0));
  }

  @Test
  void aKernelWithoutNotebookIsCalledByItsId() throws IOException {
    assertThat(OpenNotebook.read("{\"n\": [{\"kernel\": \"2a\"}]}", "n").getFirst().name())
        .isEqualTo("2a");
  }

  @Test
  void whatIsNoNotebookIsLeftOut() throws IOException {
    assertThat(OpenNotebook.read("{\"n\": [1, null, \"x\", [], {\"jobs\": \"many\"}]}", "n"))
        .containsExactly(new OpenNotebook("", "", "", "", "", "", 0, 0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"n\": 1}", "{\"n\": {}}", "[]", "x", ""})
  void anythingElseIsNoAnswer(String text) {
    assertThatThrownBy(() -> OpenNotebook.read(text, "n"))
        .isInstanceOfAny(IOException.class, RuntimeException.class);
  }
}
