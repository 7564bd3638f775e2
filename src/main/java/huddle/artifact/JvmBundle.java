package huddle.artifact;

import java.nio.file.Path;
import java.util.List;

/// JVM libraries, resolved, as one plain tar of jars in the operator's cache.
///
/// @param folder name for the folder it becomes, `jars-…`
/// @param identity digest of all that is in it
/// @param bytes size of the tar
/// @param jars file names in it, in the order of the tar; none where Spark has everything itself
/// @param notes what was left out, a sentence each
/// @param warnings what may not work, a sentence each
public record JvmBundle(
    String folder,
    String identity,
    Path tar,
    long bytes,
    List<String> jars,
    List<String> notes,
    List<String> warnings) {
  public JvmBundle {
    jars = List.copyOf(jars);
    notes = List.copyOf(notes);
    warnings = List.copyOf(warnings);
  }
}
