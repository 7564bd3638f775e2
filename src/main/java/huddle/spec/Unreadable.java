package huddle.spec;

import huddle.spec.Yaml.Place;

/// The file cannot be read any further; becomes its one problem.
final class Unreadable extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Place place;

  Unreadable(Place place, String text) {
    super(text);
    this.place = place;
  }

  Place place() {
    return place;
  }

  String text() {
    String message = getMessage();
    return message == null ? "" : message;
  }
}
