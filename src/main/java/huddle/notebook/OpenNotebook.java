package huddle.notebook;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A kernel that the notebook server runs, as that server tells.
///
/// @param notebook path in the notebooks' folder; empty: of a console, or started by a program
/// @param kernel its id
/// @param kind `spark` or `spark-connect`
/// @param state Jupyter's word: `starting`, `idle`, `busy`
/// @param lastActivity ISO 8601, UTC
/// @param application id at the Master; empty if it has none
/// @param jobs Spark jobs that run now, those of threads in the background too
/// @param streams streaming queries that run
public record OpenNotebook(
    String notebook,
    String kernel,
    String kind,
    String state,
    String lastActivity,
    String application,
    int jobs,
    int streams) {
  private static final int MOST = 1000;

  /// Reads an answer of `ask_notebooks.py`; it comes from a host, so that anything may be in it.
  ///
  /// @param key of the list in it: `notebooks` or `stopped`
  /// @throws IOException if it is no such answer
  static List<OpenNotebook> read(String json, String key) throws IOException {
    if (!(JSON.std.mapFrom(json).get(key) instanceof List<?> list)) {
      throw new IOException("no " + key);
    }
    List<OpenNotebook> notebooks = new ArrayList<>();
    for (Object entry : list) {
      if (entry instanceof Map<?, ?> map && notebooks.size() < MOST) {
        notebooks.add(
            new OpenNotebook(
                text(map, "notebook"),
                text(map, "kernel"),
                text(map, "kind"),
                text(map, "state"),
                text(map, "lastActivity"),
                text(map, "application"),
                number(map, "jobs"),
                number(map, "streams")));
      }
    }
    return notebooks;
  }

  /// What it is called in commands.
  public String name() {
    return notebook.isEmpty() ? kernel : notebook;
  }

  private static String text(Map<?, ?> map, String key) {
    return map.get(key) instanceof String text ? text : "";
  }

  private static int number(Map<?, ?> map, String key) {
    return map.get(key) instanceof Number number ? number.intValue() : 0;
  }
}
