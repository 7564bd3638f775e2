package huddle.artifact;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Java for hosts that have none that suits: linked from the operator's JDK, taken from an archive
/// or folder, or fetched; kept in the cache. Every method throws [Failure] with the way out.
public final class JavaRuntime {
  private static final String KIND = "java";

  private final OperatorEnvironment environment;
  private final Cache cache;
  private final JdkLink link;
  private final Adoptium adoptium;

  JavaRuntime(OperatorEnvironment environment, JdkLink link, Adoptium adoptium) {
    this.environment = environment;
    this.cache = new Cache(environment.cache());
    this.link = link;
    this.adoptium = adoptium;
  }

  /// With the JDK that runs now, and the real network.
  public static JavaRuntime of(OperatorEnvironment environment) {
    JdkLink link =
        new JdkLink(
            OperatorJdk.current(),
            JdkLink.SPARK_MODULES,
            new LocalCommands(environment.variables()));
    return new JavaRuntime(environment, link, Adoptium.of(environment));
  }

  /// What [#fetch] would give, for a plan. Links nothing and fetches no more than a list; an
  /// archive or folder that the file names is taken into the cache.
  public JavaOffer offer(JavaNeed need) {
    return switch (JavaChoice.choose(need, link.jdk())) {
      case JavaChoice.Linked _ ->
          new JavaOffer(link.jdk().version(), link.jdk().major(), link.identity());
      case JavaChoice.Given given -> offer(given(given, need, Progress.SILENT));
      case JavaChoice.Fetched fetched ->
          fetchedBefore(fetched)
              .map(JavaRuntime::offer)
              .orElseGet(() -> {
                Adoptium.Build build = adoptium.newest(fetched.major(), fetched.platform());
                return new JavaOffer(build.version(), fetched.major(), build.identity());
              });
    };
  }

  /// Makes it be in the cache. Returns at once if it is there.
  public JavaBundle fetch(JavaNeed need, Progress progress) {
    return switch (JavaChoice.choose(need, link.jdk())) {
      case JavaChoice.Linked linked -> linked(linked, progress);
      case JavaChoice.Given given -> given(given, need, progress);
      case JavaChoice.Fetched fetched -> fetched(fetched, need, progress);
    };
  }

  private static JavaOffer offer(JavaBundle bundle) {
    return new JavaOffer(bundle.version(), bundle.major(), bundle.identity());
  }

  private static JavaBundle bundle(Cache.Stored stored) {
    return new JavaBundle(
        stored.fact("version"),
        JavaRelease.of(stored).major(),
        stored.identity(),
        stored.tar(),
        stored.bytes());
  }

  private static Map<String, String> facts(JavaRelease release, String key) {
    Map<String, String> facts = new HashMap<>(release.facts());
    facts.put("key", key);
    return facts;
  }

  private JavaBundle linked(JavaChoice.Linked linked, Progress progress) {
    String name = "java-%s-%s.tar".formatted(link.jdk().version(), linked.platform());
    return cache.locked(
        KIND,
        name,
        progress,
        () ->
            bundle(
                cache
                    .find(KIND, name)
                    .filter(stored -> stored.identity().equals(link.identity()))
                    .orElseGet(() -> link(name, progress))));
  }

  private Cache.Stored link(String name, Progress progress) {
    cache.needs(KIND, 400L << 20);
    try (WorkFolder folder = WorkFolder.emptied(cache.folder(KIND).resolve(name + ".linking"))) {
      progress.at("Linking Java " + link.jdk().version(), 0, 0);
      link.into(folder.path());
      return cache.store(
          KIND,
          name,
          out -> {
            JavaRelease release =
                JavaTar.write(new FolderSource(folder.path()), Layouts.javaHome(), out);
            return sha256 -> new Cache.Label(name, link.identity(), facts(release, ""));
          });
    }
  }

  private JavaBundle given(JavaChoice.Given given, JavaNeed need, Progress progress) {
    Path path = environment.expand(given.source());
    String fingerprint =
        Fingerprint.of(path, "Java", "name the archive or folder of a JDK: java: {source: …}");
    Cache.Stored stored =
        cache.local(KIND, fingerprint, progress, work -> take(path, work, fingerprint, progress));
    JavaTar.check(JavaRelease.of(stored), need, path.toString());
    return bundle(stored);
  }

  private Cache.Stored take(Path path, String work, String fingerprint, Progress progress) {
    boolean folder = Files.isDirectory(path);
    return cache.store(
        KIND,
        work,
        out -> {
          JavaRelease release =
              folder
                  ? JavaTar.write(new FolderSource(path), Layouts.javaHome(), out)
                  : JavaTar.write(Archive.open(path, "Java", progress), Layouts.javaArchive(), out);
          return sha256 ->
              new Cache.Label(
                  "java-%s-%s.tar".formatted(release.version(), sha256.substring(0, 12)),
                  (folder ? "folder" : "archive") + " sha256:" + sha256,
                  facts(release, fingerprint));
        });
  }

  private static String key(JavaChoice.Fetched fetched) {
    return fetched.major() + " " + fetched.platform();
  }

  private Optional<JavaBundle> fetchedBefore(JavaChoice.Fetched fetched) {
    return cache.all(KIND).stream()
        .filter(stored ->
            stored.identity().startsWith("temurin ") && stored.fact("key").equals(key(fetched)))
        .map(JavaRuntime::bundle)
        .reduce((older, newer) -> newer);
  }

  private JavaBundle fetched(JavaChoice.Fetched fetched, JavaNeed need, Progress progress) {
    String work = "temurin-" + fetched.major() + "-" + fetched.platform();
    return cache.locked(
        KIND,
        work,
        progress,
        () -> fetchedBefore(fetched).orElseGet(() -> get(fetched, need, work, progress)));
  }

  private JavaBundle get(
      JavaChoice.Fetched fetched, JavaNeed need, String work, Progress progress) {
    Adoptium.Build build = adoptium.newest(fetched.major(), fetched.platform());
    cache.needs(KIND, 700L << 20);
    Path file = cache.folder(KIND).resolve(work + "-" + build.digest().brief() + ".download");
    adoptium.fetch(build, file, progress);
    Cache.Stored stored =
        cache.store(
            KIND,
            work,
            out -> {
              JavaRelease release =
                  JavaTar.write(
                      Archive.open(file, "Java " + build.version(), progress),
                      Layouts.javaArchive(),
                      out);
              JavaTar.check(release, need, build.name());
              String name = "java-%s-%s.tar".formatted(release.version(), fetched.platform());
              return sha256 ->
                  new Cache.Label(
                      "fetched-" + name, build.identity(), facts(release, key(fetched)));
            });
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw Reason.unwritable(file, e);
    }
    return bundle(stored);
  }
}
