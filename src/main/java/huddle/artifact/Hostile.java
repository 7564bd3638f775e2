package huddle.artifact;

/// An archive holds something that no honest one does. The message completes "it holds".
final class Hostile extends Exception {
  private static final long serialVersionUID = 1L;

  Hostile(String what) {
    super(what);
  }

  String what() {
    return String.valueOf(getMessage());
  }
}
