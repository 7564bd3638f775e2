package huddle.facts;

import static org.assertj.core.api.Assertions.assertThat;

import huddle.facts.HostFacts.Java;
import huddle.facts.HostFacts.Python;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Javas and Pythons in all the places people put them.
class ProbeRuntimesTest {
  private static final String VECTOR = "java.base jdk.incubator.vector jdk.jfr";

  @TempDir private Path folder;
  private HostTree tree;

  @BeforeEach
  void plant() throws IOException {
    tree = new HostTree(folder).file("proc/meminfo", "MemTotal: 8388608 kB\n");
  }

  private List<Java> javas(String shell) {
    return tree.facts(shell).javas().stream()
        .filter(j -> j.home().startsWith(tree.path("") + ""))
        .toList();
  }

  private List<Python> pythons(String shell) {
    return tree.facts(shell).pythons().stream()
        .filter(p -> p.path().startsWith(tree.path("") + ""))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"sh", "dash", "busybox sh"})
  void findsEveryJavaOnceBestPlaceFirst(String shell) throws IOException {
    tree.java("opt/my jdk 21", "21.0.7", "java.base")
        .java("usr/lib/jvm/temurin-25", "25.0.3", VECTOR)
        .java("usr/lib/jvm/java-8", "1.8.0_392", "")
        .program("usr/lib/jvm/java-8/jre/bin/java", "exit 1")
        .java("home/ada/.sdkman/candidates/java/17.0.15-tem", "17.0.15", VECTOR)
        .java("home/ada/.huddle/penguins/java-25.0.3", "25.0.3", "java.base jdk.incubator.vector")
        .rootFile("java-25.0.3/.huddle", "abc\n")
        .java("home/ada/.huddle/penguins/java-24.part", "24", VECTOR)
        .java("home/ada/.huddle/penguins/java-23", "23", VECTOR)
        .file("usr/lib/jvm/docs-only/README", "");
    Files.createSymbolicLink(
        tree.path("home/ada/.sdkman/candidates/java/current"), Path.of("17.0.15-tem"));
    Files.createSymbolicLink(tree.path("usr/lib/jvm/zulu"), Path.of("temurin-25"));
    Files.createDirectories(tree.path("path"));
    Files.createSymbolicLink(
        tree.path("path/java"), tree.path("home/ada/.sdkman/candidates/java/current/bin/java"));
    tree.with("JAVA_HOME", tree.path("opt/my jdk 21") + "/");

    assertThat(javas(shell))
        .containsExactly(
            new Java(
                home("home/ada/.sdkman/candidates/java/17.0.15-tem"), "17.0.15", 17, true, false),
            new Java(home("opt/my jdk 21"), "21.0.7", 21, false, false),
            new Java(home("usr/lib/jvm/java-8"), "1.8.0_392", 8, false, false),
            new Java(home("usr/lib/jvm/temurin-25"), "25.0.3", 25, true, false),
            new Java(home("home/ada/.huddle/penguins/java-25.0.3"), "25.0.3", 25, true, true));
  }

  private String home(String below) {
    return tree.path(below).toString();
  }

  @ParameterizedTest
  @ValueSource(strings = {"sh", "dash", "busybox sh"})
  void asksAJavaWithoutReleaseFileAndSeesThroughAWrapper(String shell) throws IOException {
    tree.program(
            "opt/vendor jdk/bin/java",
            """
            case "$*" in
              *--list-modules*) echo java.base@22; echo jdk.incubator.vector@22 ;;
              *-version*) echo '    java.home = %s' >&2; echo '    java.version = 22.0.1' >&2 ;;
            esac
            """
                .formatted(tree.path("opt/vendor jdk")))
        .program("path/bin/java", "echo '    java.home = " + tree.path("usr/lib/hidden") + "'")
        .java("usr/lib/hidden", "21.0.1", VECTOR);
    tree.with("JAVA_HOME", tree.path("path").toString());

    assertThat(javas(shell))
        .containsExactly(
            new Java(home("usr/lib/hidden"), "21.0.1", 21, true, false),
            new Java(home("opt/vendor jdk"), "22.0.1", 22, true, false));
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "busybox sh"})
  void isNotHeldUpByProgramsThatHang(String shell) throws IOException {
    tree.program("opt/slow-jdk/bin/java", "exec sleep 1000")
        .program("path/python3", "exec sleep 1000")
        .program("path/python3.11", "echo 3.11.2");

    assertThat(javas(shell)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"sh", "dash", "busybox sh"})
  void findsEveryPythonOnceThePathsFirst(String shell) throws IOException {
    tree.program("path/python3.10", "echo 3.10.9")
        .program("path/python3", "echo 3.12.1")
        .program("path/python3-config", "echo 9.9.9")
        .program("path/python3.9", "echo 'pyenv: python3.9: command not found' >&2; exit 127")
        .program("home/ada/.local/bin/python3.13", "echo 3.13.0")
        .program("home/ada/.pyenv/versions/3.11.7/bin/python3.11", "echo 3.11.7")
        .program("home/ada/.local/share/uv/python/cpython-3.14/bin/python3.14", "echo 3.14.0")
        .program("opt/conda/bin/python3", "echo 3.9.18")
        .program("opt/conda/bin/python3.8", "echo 'no version at all'");
    Files.createSymbolicLink(tree.path("path/python3.12"), Path.of("python3"));
    Files.createSymbolicLink(
        tree.path("home/ada/.pyenv/versions/3.11.7/bin/python3"), Path.of("python3.11"));

    assertThat(pythons(shell))
        .containsExactly(
            new Python(home("path/python3"), "3.12.1"),
            new Python(home("path/python3.10"), "3.10.9"),
            new Python(home("home/ada/.local/bin/python3.13"), "3.13.0"),
            new Python(home("home/ada/.pyenv/versions/3.11.7/bin/python3"), "3.11.7"),
            new Python(
                home("home/ada/.local/share/uv/python/cpython-3.14/bin/python3.14"), "3.14.0"),
            new Python(home("opt/conda/bin/python3"), "3.9.18"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"sh", "dash", "busybox sh"})
  void leavesShimsAlone(String shell) throws IOException {
    tree.program("shims/python3", "echo 3.8.0; : > " + tree.path("shim-ran"));
    tree.with("PATH", tree.path("shims") + ":" + tree.environment().get("PATH"));

    assertThat(pythons(shell)).isEmpty();
    assertThat(tree.path("shim-ran")).doesNotExist();
  }
}
