package huddle.artifact;

import java.util.Optional;

/// Where things go. Pure, but may learn from what it has seen.
@FunctionalInterface
interface Layout {
  /// The place of an entry in the tar; empty if it is left out.
  ///
  /// @param name as in the source
  /// @throws Hostile if such a name cannot be there
  Optional<String> place(String name) throws Hostile;

  /// As this one, then as the other.
  default Layout then(Layout next) {
    return name -> {
      Optional<String> place = place(name);
      return place.isPresent() ? next.place(place.get()) : place;
    };
  }
}
