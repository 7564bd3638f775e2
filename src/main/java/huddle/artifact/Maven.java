package huddle.artifact;

import huddle.artifact.MavenTree.Library;
import huddle.event.Failure;
import huddle.event.Printable;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// The operator's own Maven: repositories, mirrors, proxies and credentials are its business, from
/// its settings.xml. It reads projects that are written for it into a folder of ours.
final class Maven {
  private static final Duration BOUND = Duration.ofMinutes(15);
  private static final int TEXT_LIMIT = 4 << 20;
  private static final String PLUGIN = "org.apache.maven.plugins:maven-dependency-plugin:3.6.1:";
  private final String program;
  private final Commands commands;

  private Maven(String program, Commands commands) {
    this.program = program;
    this.commands = commands;
  }

  /// The mvn on the operator's PATH.
  ///
  /// @throws Failure if there is none
  static Maven find(OperatorEnvironment environment, Path ownJava) {
    for (String folder : environment.get("PATH").orElse("").split(File.pathSeparator, -1)) {
      Path mvn = Path.of(folder).resolve("mvn");
      if (mvn.isAbsolute() && Files.isExecutable(mvn) && Files.isRegularFile(mvn)) {
        Map<String, String> variables = new HashMap<>(environment.variables());
        // A machine with a Maven and no Java of its own has at least the one that Huddle runs on.
        variables.putIfAbsent("JAVA_HOME", ownJava.toString());
        return new Maven(mvn.toString(), new LocalCommands(variables));
      }
    }
    throw Failure.of(
        "libraries for the JVM are resolved by Maven, and this machine has no mvn on its PATH",
        "install Maven 3.8 or later here (`apt install maven` on Debian and Ubuntu)");
  }

  /// Everything that these need. Reads descriptions only, no jar.
  ///
  /// @param work an empty folder
  List<Library> tree(Path work, List<Coordinate> asked) {
    write(work, asked.stream().map(one -> dependency(one, Optional.empty(), false)).toList());
    Path file = work.resolve("tree.txt");
    run(
        work,
        asked,
        "tree",
        // What was missing a minute ago may be there now.
        List.of("-U", "-DoutputType=text", "-DoutputFile=" + file));
    return MavenTree.parse(read(file));
  }

  /// Fetches exactly these, and their descriptions, into a folder: `group.artifact-version.jar`.
  void fetch(Path work, List<Library> wanted, Path folder) {
    write(
        work,
        wanted.stream()
            .map(library -> dependency(library.coordinate(), library.classifier(), true))
            .toList());
    run(
        work,
        wanted.stream().map(Library::coordinate).toList(),
        "copy-dependencies",
        List.of(
            "-DoutputDirectory=" + folder,
            "-Dmdep.prependGroupId=true",
            "-Dmdep.useBaseVersion=true",
            "-Dmdep.copyPom=true"));
  }

  private static String dependency(
      Coordinate one, Optional<String> classifier, boolean withoutOthers) {
    return "    <dependency><groupId>%s</groupId><artifactId>%s</artifactId><version>%s</version>%s%s</dependency>\n"
        .formatted(
            one.group(),
            one.artifact(),
            one.version(),
            classifier.map(text -> "<classifier>" + text + "</classifier>").orElse(""),
            withoutOthers
                ? "<exclusions><exclusion><groupId>*</groupId><artifactId>*</artifactId></exclusion></exclusions>"
                : "");
  }

  private static void write(Path work, List<String> dependencies) {
    Path pom = work.resolve("pom.xml");
    try {
      Files.writeString(
          pom,
          """
          <project>
            <modelVersion>4.0.0</modelVersion>
            <groupId>huddle</groupId>
            <artifactId>packages</artifactId>
            <version>1</version>
            <packaging>pom</packaging>
            <dependencies>
          %s  </dependencies>
          </project>
          """
              .formatted(String.join("", dependencies)));
    } catch (IOException e) {
      throw Reason.unwritable(pom, e);
    }
  }

  private static String read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readNBytes(TEXT_LIMIT), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw Reason.unreadable(file, e);
    }
  }

  private void run(Path work, List<Coordinate> about, String goal, List<String> options) {
    List<String> words = new ArrayList<>();
    words.add(program);
    words.addAll(List.of("-B", "-ntp", "-Dstyle.color=never", "-f"));
    words.add(work.resolve("pom.xml").toString());
    words.add(PLUGIN + goal);
    words.addAll(options);
    Optional<Commands.Ended> ended = commands.run(words, BOUND);
    if (Thread.currentThread().isInterrupted()) {
      throw Failure.of("interrupted while Maven resolved packages", "");
    }
    if (ended.isEmpty()) {
      throw Failure.of(
          "Maven did not resolve the packages within %d minutes".formatted(BOUND.toMinutes()),
          "see whether `mvn dependency:get -Dartifact=%s` ends".formatted(about.getFirst()));
    }
    if (ended.get().exit() != 0) {
      throw explain(about, ended.get());
    }
  }

  /// Names what does not resolve, with Maven's own reason in a line.
  static Failure explain(List<Coordinate> about, Commands.Ended ended) {
    String why =
        Printable.text(ended.stdout())
            .lines()
            .filter(line -> line.startsWith("[ERROR] "))
            .map(line -> line.substring("[ERROR] ".length()).strip())
            .filter(line -> !line.isEmpty())
            .findFirst()
            .orElseGet(() -> lastLine(ended));
    why =
        why.replaceFirst(" -> \\[Help [0-9]+\\]$", "")
            .replaceFirst("^.*Could not resolve dependencies for project [^ ]+: ", "")
            .replaceAll("://[^/@\\s]+@", "://");
    String reason = why;
    String named =
        about.stream()
            .filter(one ->
                reason.matches(
                    "(?s).*\\Q%s:%s:\\E(?:[a-z-]+:)*\\Q%s\\E(?![0-9A-Za-z.]).*"
                        .formatted(one.group(), one.artifact(), one.version())))
            .map(Coordinate::toString)
            .collect(Collectors.joining(", "));
    return new Failure(
        "",
        (named.isEmpty() ? "the packages do" : named + " does")
            + " not resolve; Maven says: "
            + reason,
        "check group, artifact and version; repositories, mirrors and proxies are those of Maven's"
            + " settings.xml",
        ended.stdout() + ended.stderr());
  }

  private static String lastLine(Commands.Ended ended) {
    String text = (ended.stdout() + "\n" + ended.stderr()).strip();
    return text.isEmpty()
        ? "nothing, and ends with exit code " + ended.exit()
        : text.substring(text.lastIndexOf('\n') + 1);
  }
}
