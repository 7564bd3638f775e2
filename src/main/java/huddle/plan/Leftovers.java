package huddle.plan;

import huddle.change.Change;
import huddle.change.RemoveFolder;
import huddle.facts.Installed;
import huddle.spark.HostSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What lies below a root and is of no use any more: older Sparks and runtimes, half-made folders.
final class Leftovers {
  private Leftovers() {}

  /// @param pythons folders of Python's that are no longer used
  static List<Change> removals(HostSettings settings, Installed installed, List<String> pythons) {
    List<Change> changes = new ArrayList<>();
    for (String folder : installed.sparks().keySet().stream().sorted().toList()) {
      if (!folder.equals(settings.sparkFolder())) {
        changes.add(removal(settings, folder, "spark", "no longer used"));
      }
    }
    for (String folder : installed.javas().keySet().stream().sorted().toList()) {
      if (!settings.javaHome().equals(settings.path(folder))) {
        changes.add(removal(settings, folder, "java", "no longer used"));
      }
    }
    for (String folder : installed.jars().keySet().stream().sorted().toList()) {
      if (!settings.jarFolder().equals(Optional.of(folder))) {
        changes.add(removal(settings, folder, "packages", "no longer used"));
      }
    }
    for (String folder : pythons) {
      changes.add(removal(settings, folder, "python", "no longer used"));
    }
    for (String folder : installed.leftovers()) {
      changes.add(removal(settings, folder, "root", "left by a run that was killed"));
    }
    return changes;
  }

  private static Change removal(HostSettings settings, String folder, String kind, String reason) {
    return new RemoveFolder(settings.host(), settings.root(), folder, kind, reason);
  }
}
