package huddle.change;

import java.util.List;

/// Brings the JVM libraries that the file names.
///
/// @param folder below the root
/// @param coordinates of the libraries, as the file names them
public record InstallPackages(
    String host, String root, String folder, List<String> coordinates, String reason)
    implements Change {
  public InstallPackages {
    coordinates = List.copyOf(coordinates);
  }

  @Override
  public String kind() {
    return "packages";
  }

  @Override
  public Verb verb() {
    return Verb.ADD;
  }

  @Override
  public String summary() {
    return coordinates.size() == 1
        ? "package " + coordinates.getFirst()
        : "%d packages, %s and more".formatted(coordinates.size(), coordinates.getFirst());
  }

  @Override
  public List<Action> actions() {
    return List.of(new Action.UnpackPackages(root, folder));
  }
}
