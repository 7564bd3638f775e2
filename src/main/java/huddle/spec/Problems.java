package huddle.spec;

import huddle.spec.Yaml.Place;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Collects what is wrong in one file, each thing once, though a range of hosts or an alias makes
/// it wrong many times. Keeps the first hundred and counts the rest: a hostile file must not fill
/// the screen.
final class Problems {
  static final int LIMIT = 100;

  private final String file;
  private final Set<Problem> found = new LinkedHashSet<>();
  private int left;

  Problems(String file) {
    this.file = file;
  }

  void add(Place place, String path, String text) {
    if (found.size() < LIMIT) {
      found.add(new Problem(file, place.line(), place.column(), path, text));
    } else {
      left++;
    }
  }

  /// Reports it, for who goes on as if no value were there.
  <T> Optional<T> none(ShortForms.At at, String text) {
    add(at.place(), at.path(), text);
    return Optional.empty();
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  /// In the file's order.
  List<Problem> all() {
    List<Problem> all = new ArrayList<>(found);
    all.sort(Problem.BY_PLACE);
    if (left > 0) {
      Problem last = all.getLast();
      all.add(new Problem(file, last.line(), last.column(), "", "and " + left + " more problems"));
    }
    return all;
  }
}
