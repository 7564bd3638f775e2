package huddle.cli;

/// Wrong usage or an invalid file: exit code 2. The message is printed as it is, one problem a
/// line.
final class WrongInput extends RuntimeException {
  private static final long serialVersionUID = 1L;

  WrongInput(String problems) {
    super(problems);
  }
}
