package huddle.artifact;

import huddle.event.Failure;
import huddle.python.PythonPlatform;

/// Interpreters for hosts that have no suitable Python: uv's managed builds where they can be
/// reached, else CPython as Maven Central has it, through the operator's own Maven; or what the
/// file names. Every method throws [Failure] with the way out.
public final class PythonInterpreters {
  private final OperatorEnvironment environment;
  private final InterpreterCache cache;
  private final UvInterpreters uv;
  private final MavenInterpreters maven;

  PythonInterpreters(OperatorEnvironment environment, Cache cache, Uv uv) {
    this.environment = environment;
    this.cache = new InterpreterCache(cache);
    this.uv = new UvInterpreters(uv, this.cache);
    this.maven = new MavenInterpreters(environment, this.cache);
  }

  /// With the operator's own uv, Maven and network.
  public static PythonInterpreters of(OperatorEnvironment environment) {
    Cache cache = new Cache(environment.cache());
    return new PythonInterpreters(environment, cache, new Uv(environment, UvWheel.here(cache)));
  }

  /// An interpreter of the operator's own, in the cache.
  ///
  /// @param folder that it becomes below a root
  /// @param minor `3.13`
  public record Given(String folder, String minor, PythonBundle bundle) {}

  /// Makes sure that [#fetch] will have one. uv's build is fetched at once where it can be reached;
  /// of Maven's only the description is asked for.
  public void require(String minor, PythonPlatform platform, Progress progress) {
    if (cache.find(minor, platform).isPresent()) {
      return;
    }
    String why;
    try {
      uv.fetch(minor, platform, progress);
      return;
    } catch (Failure failure) {
      why = failure.what();
    }
    try {
      maven.ask(minor, platform);
    } catch (Failure failure) {
      throw Failure.of(
          "no Python %s can be brought to hosts on %s: %s; %s"
              .formatted(minor, platform, why, failure.what()),
          "install Python %s there, or name a CPython to bring: python: {source: …}"
              .formatted(minor));
    }
  }

  /// Makes it be in the cache.
  public PythonBundle fetch(String minor, PythonPlatform platform, Progress progress) {
    return cache.get(minor, platform, progress, () -> maven.fetch(minor, platform, progress));
  }

  /// What the file names.
  public Given given(String written, PythonPlatform platform, Progress progress) {
    Cache.Stored stored =
        new GivenInterpreter(environment.expand(written), platform).take(cache.cache(), progress);
    String minor = stored.fact("version");
    return new Given(
        "cpython-%s-%s".formatted(minor, stored.sha256().substring(0, 8)),
        minor,
        PythonBundle.of(stored));
  }
}
