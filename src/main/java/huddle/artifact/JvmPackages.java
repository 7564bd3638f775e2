package huddle.artifact;

import huddle.artifact.MavenTree.Library;
import huddle.event.Failure;
import huddle.spark.JarFolder;
import huddle.spark.SparkVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Libraries for the JVM, by their Maven coordinates: resolved once by the operator's own Maven,
/// without what the cluster's Spark has itself, and kept in the cache. Every method throws
/// [Failure] with the way out.
public final class JvmPackages {
  private static final String KIND = "packages";
  private static final String SEPARATOR = "\t";
  private static final long LARGEST_JAR = 1L << 30;

  private final OperatorEnvironment environment;
  private final Cache cache;

  /// Of the operator's machine.
  public JvmPackages(OperatorEnvironment environment) {
    this.environment = environment;
    this.cache = new Cache(environment.cache());
  }

  /// What was resolved before; asks nobody.
  public Optional<JvmBundle> cached(SparkVersion spark, List<String> coordinates) {
    String folder = JarFolder.name(spark, coordinates);
    return cache.find(KIND, folder + ".tar").map(stored -> bundle(folder, stored));
  }

  /// Resolves and fetches what is not in the cache yet.
  ///
  /// @param coordinates `group:artifact:version` each
  /// @param spark the jars of the Spark that they go with
  public JvmBundle resolve(List<String> coordinates, SparkJars spark, Progress progress) {
    List<Coordinate> asked =
        new ArrayList<>(new LinkedHashSet<>(coordinates.stream().map(Coordinate::of).toList()));
    String folder = JarFolder.name(spark.spark(), coordinates);
    return cached(spark.spark(), coordinates)
        .orElseGet(() ->
            cache.locked(
                KIND,
                folder,
                progress,
                () ->
                    cached(spark.spark(), coordinates)
                        .orElseGet(() -> make(folder, asked, spark, progress))));
  }

  private JvmBundle make(
      String folder, List<Coordinate> asked, SparkJars spark, Progress progress) {
    List<String> warnings = new ArrayList<>(PackageSelection.check(asked, spark));
    Maven maven = Maven.find(environment, Path.of(System.getProperty("java.home", "/usr")));
    Path work = cache.folder(KIND).resolve(folder + ".work");
    try (WorkFolder _ = WorkFolder.emptied(work)) {
      Path jars = Files.createDirectories(work.resolve("jars"));
      progress.at("Maven resolves packages", 0, 0);
      PackageSelection selection = PackageSelection.of(maven.tree(work, asked), spark);
      if (!selection.wanted().isEmpty()) {
        progress.at("Maven fetches packages", 0, 0);
        maven.fetch(work, selection.wanted(), jars);
      }
      for (Library library : selection.wanted()) {
        Coordinate one = library.coordinate();
        if (library.direct() && one.sparkLine().isEmpty()) {
          MavenPom.sparkLine(jars.resolve(fileName(one, ".pom")))
              .filter(line -> !line.equals(spark.spark().line()))
              .ifPresent(line -> warnings.add(PackageSelection.madeFor(one, line, spark)));
        }
      }
      return bundle(folder, store(folder, jars, selection, warnings));
    } catch (IOException e) {
      throw Reason.unwritable(work, e);
    }
  }

  private Cache.Stored store(
      String folder, Path jars, PackageSelection selection, List<String> warnings)
      throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(jars)) {
      files = all.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    }
    if (files.size() < selection.wanted().size()) {
      throw Failure.of(
          "Maven fetched %d of %d libraries".formatted(files.size(), selection.wanted().size()),
          "see whether its local repository (~/.m2/repository) is whole, then run it again");
    }
    List<String> names = files.stream().map(file -> file.getFileName().toString()).toList();
    return cache.store(
        KIND,
        folder,
        out -> {
          TarWriter tar = new TarWriter(out);
          for (Path file : files) {
            add(tar, file);
          }
          tar.finish();
          return sha256 ->
              new Cache.Label(
                  folder + ".tar",
                  "maven sha256:" + sha256,
                  Map.of(
                      "jars", String.join(SEPARATOR, names),
                      "notes", String.join(SEPARATOR, selection.notes()),
                      "warnings", String.join(SEPARATOR, warnings)));
        });
  }

  private static void add(TarWriter tar, Path file) throws IOException {
    long size = Files.size(file);
    if (size > LARGEST_JAR) {
      throw Failure.of(file.getFileName() + " is larger than 1 GiB", "leave it out");
    }
    try (InputStream in = Files.newInputStream(file)) {
      tar.add(new Entry.File(EntryName.of(file.getFileName().toString()), false, size, in));
    } catch (Hostile e) {
      throw Failure.of("Maven fetched what cannot be shipped: " + e.what(), "leave it out");
    }
  }

  static String fileName(Coordinate one, String suffix) {
    return one.group() + "." + one.artifact() + "-" + one.version() + suffix;
  }

  private static JvmBundle bundle(String folder, Cache.Stored stored) {
    return new JvmBundle(
        folder,
        stored.identity(),
        stored.tar(),
        stored.bytes(),
        list(stored, "jars"),
        list(stored, "notes"),
        list(stored, "warnings"));
  }

  private static List<String> list(Cache.Stored stored, String fact) {
    return Stream.of(stored.fact(fact).split(SEPARATOR, -1))
        .filter(text -> !text.isEmpty())
        .toList();
  }
}
