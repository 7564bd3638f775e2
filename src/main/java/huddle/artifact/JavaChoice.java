package huddle.artifact;

/// Where a host's Java comes from. Pure.
public sealed interface JavaChoice {
  /// Linked from the operator's own JDK.
  record Linked(JavaPlatform platform) implements JavaChoice {}

  /// The archive or folder that the file names.
  record Given(String source) implements JavaChoice {}

  /// The newest build of Eclipse Temurin.
  record Fetched(int major, JavaPlatform platform) implements JavaChoice {}

  /// What the file names; else the operator's JDK where version and platform fit; else fetched, the
  /// newest version that will do.
  static JavaChoice choose(JavaNeed need, OperatorJdk operator) {
    if (need.source().isPresent()) {
      return new Given(need.source().get());
    }
    boolean fits =
        need.majors().contains(operator.major())
            && operator.links()
            && operator.portable()
            && (operator.vectorModule() || !need.vectorModule())
            && operator.platform().equals(need.host());
    return fits ? new Linked(need.host()) : new Fetched(need.majors().last(), need.host());
  }
}
