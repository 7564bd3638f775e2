package huddle.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import huddle.event.Failure;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JavaRuntimeTest {
  private static final JavaPlatform X86 = JavaPlatform.host("x86_64", "glibc 2.36");
  private static final JavaPlatform ALPINE = JavaPlatform.host("aarch64", "musl 1.2.4");
  private static final Set<Integer> SPARK_43 = Set.of(17, 21, 25);

  private final TestServer server = new TestServer();
  @TempDir Path folder;

  @AfterEach
  void close() {
    server.close();
  }

  private static OperatorJdk jdk(int major, JavaPlatform platform, boolean links, boolean vector) {
    return new OperatorJdk(
        Path.of("/jdk"), major + ".0.3", major, "Temurin-" + major, platform, true, links, vector);
  }

  private static JavaNeed given(Path source) {
    return new JavaNeed(new TreeSet<>(SPARK_43), true, X86, Optional.of(source.toString()));
  }

  @Test
  void linksWhereVersionAndPlatformFit() {
    JavaNeed need = JavaNeed.of(SPARK_43, X86);
    assertThat(JavaChoice.choose(need, jdk(25, X86, true, true)))
        .isEqualTo(new JavaChoice.Linked(X86));
    JavaChoice fetched = new JavaChoice.Fetched(25, X86);
    assertThat(JavaChoice.choose(need, jdk(26, X86, true, true))).isEqualTo(fetched);
    assertThat(JavaChoice.choose(need, jdk(25, ALPINE, true, true))).isEqualTo(fetched);
    assertThat(JavaChoice.choose(need, jdk(25, X86, false, true))).isEqualTo(fetched);
    assertThat(JavaChoice.choose(need, jdk(25, X86, true, false))).isEqualTo(fetched);
    OperatorJdk debians =
        new OperatorJdk(Path.of("/jdk"), "25.0.3", 25, "25", X86, false, true, true);
    assertThat(JavaChoice.choose(need, debians)).isEqualTo(fetched);
    assertThat(JavaChoice.choose(JavaNeed.of(Set.of(8, 11, 17), X86), jdk(25, X86, true, true)))
        .isEqualTo(new JavaChoice.Fetched(17, X86));
    assertThat(JavaChoice.choose(given(Path.of("/jdk.zip")), jdk(25, X86, true, true)))
        .isEqualTo(new JavaChoice.Given("/jdk.zip"));
  }

  @Test
  void namesPlatforms() {
    assertThat(X86).hasToString("linux-x86_64");
    assertThat(ALPINE).hasToString("linux-musl-aarch64");
    assertThat(JavaPlatform.java("Linux", "amd64", "default")).isEqualTo(X86);
    assertThat(JavaPlatform.java("Mac OS X", "aarch64", "").os()).isEqualTo("other");
  }

  @Test
  void readsReleaseFiles() {
    assertThat(JavaRelease.parse("JAVA_VERSION=\"1.8.0_392\"\n").map(JavaRelease::major))
        .contains(8);
    JavaRelease full =
        JavaRelease.parse(
                """
                IMPLEMENTOR="Eclipse Adoptium"
                IMPLEMENTOR_VERSION="Temurin-17.0.15+6"
                JAVA_VERSION="17.0.15"
                LIBC="musl"
                MODULES="java.base jdk.incubator.vector"
                OS_ARCH="aarch64"
                OS_NAME="Linux"
                """)
            .orElseThrow();
    assertThat(full)
        .isEqualTo(
            new JavaRelease(
                "17.0.15",
                "Eclipse Adoptium",
                "Temurin-17.0.15+6",
                Optional.of(ALPINE),
                Set.of("java.base", "jdk.incubator.vector")));
    assertThat(full.major()).isEqualTo(17);
    assertThat(JavaRelease.parse("JAVA_VERSION=\"../../x\"")).isEmpty();
    assertThat(JavaRelease.parse("")).isEmpty();
  }

  private OperatorEnvironment environment() {
    return new OperatorEnvironment(
        Map.of("XDG_CACHE_HOME", folder.resolve("cache").toString()), folder);
  }

  private JavaRuntime runtime(OperatorJdk jdk) {
    JdkLink link =
        new JdkLink(
            jdk,
            List.of("java.base", "jdk.incubator.vector"),
            new LocalCommands(Map.of("PATH", "/nonexistent")));
    Adoptium adoptium =
        new Adoptium(server.uri("/"), Http.of(new OperatorEnvironment(Map.of(), folder)));
    return new JavaRuntime(environment(), link, adoptium);
  }

  @Test
  void linksARealRuntimeWithoutBinutilsThatRunsElsewhere() throws Exception {
    OperatorJdk current = OperatorJdk.current();
    OperatorJdk jdk =
        new OperatorJdk(
            current.home(),
            current.version(),
            current.major(),
            current.build(),
            current.platform(),
            true,
            current.links(),
            current.vectorModule());
    assertThat(jdk.major()).isGreaterThanOrEqualTo(25);
    assertThat(jdk.links() && jdk.vectorModule()).isTrue();
    JavaRuntime runtime = runtime(jdk);
    JavaNeed need = JavaNeed.of(Set.of(jdk.major()), jdk.platform());
    JavaOffer offer = runtime.offer(need);
    JavaBundle bundle = runtime.fetch(need, Progress.SILENT);
    assertThat(new JavaOffer(bundle.version(), bundle.major(), bundle.identity())).isEqualTo(offer);
    assertThat(bundle.identity()).startsWith("jlink ").contains(jdk.platform().toString());
    assertThat(bundle.tar().getFileName())
        .hasToString("java-%s-%s.tar".formatted(jdk.version(), jdk.platform()));
    assertThat(bundle.tar().resolveSibling(bundle.tar().getFileName() + ".linking")).doesNotExist();
    assertThat(runtime.fetch(need, Progress.SILENT)).isEqualTo(bundle);

    Path home = unpack(bundle);
    Process java =
        new ProcessBuilder(home.resolve("bin/java").toString(), "-Xshare:on", "--list-modules")
            .redirectErrorStream(true)
            .start();
    assertThat(new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .contains("java.base@", "jdk.incubator.vector@");
    assertThat(java.waitFor()).as("its class data archive is used").isZero();
  }

  private Path unpack(JavaBundle bundle) throws Exception {
    Path home = Files.createDirectory(folder.resolve("home"));
    assertThat(
            new ProcessBuilder("tar", "-xf", bundle.tar().toString(), "-C", home.toString())
                .start()
                .waitFor())
        .isZero();
    return home;
  }

  @Test
  void saysThatLinkingFails() {
    OperatorJdk jdk = jdk(25, X86, true, true);
    Failure failure =
        catchThrowableOfType(
            Failure.class, () -> runtime(jdk).fetch(JavaNeed.of(SPARK_43, X86), Progress.SILENT));
    assertThat(failure.what()).startsWith("cannot link a Java runtime from /jdk: ");
    assertThat(failure.remedy()).contains("java: {source:");
  }

  private static String release(String version, String modules) {
    return """
    JAVA_VERSION="%s"
    MODULES="%s"
    OS_ARCH="x86_64"
    OS_NAME="Linux"
    LIBC="gnu"
    """
        .formatted(version, modules);
  }

  private static FakeSpark jdkArchive(String version, String modules) {
    String top = "jdk-" + version + "/";
    return new FakeSpark()
        .folder("./" + top)
        .program("./" + top + "bin/java", "#!/bin/sh\n")
        .file(top + "lib/modules", "PK")
        .file(top + "lib/src.zip", "big")
        .file(top + "jmods/java.base.jmod", "big")
        .file(top + "legal/java.base/LICENSE", "GPL")
        .link(top + "legal/jdk.net/LICENSE", "../java.base/LICENSE")
        .file(top + "release", release(version, modules));
  }

  @Test
  void takesAnArchiveOfTheOperators() throws Exception {
    Path archive = folder.resolve("jdk.tar.gz");
    Files.write(archive, jdkArchive("21.0.9", "java.base jdk.incubator.vector").tarGz());
    JavaRuntime runtime = runtime(jdk(25, X86, true, true));
    JavaBundle bundle = runtime.fetch(given(archive), Progress.SILENT);
    assertThat(bundle.version()).isEqualTo("21.0.9");
    assertThat(bundle.major()).isEqualTo(21);
    assertThat(bundle.identity()).startsWith("archive sha256:");
    assertThat(runtime.offer(given(archive)))
        .isEqualTo(new JavaOffer("21.0.9", 21, bundle.identity()));
    Path home = unpack(bundle);
    assertThat(home.resolve("legal/jdk.net/LICENSE")).hasContent("GPL");
    assertThat(Files.isExecutable(home.resolve("bin/java"))).isTrue();
    assertThat(home.resolve("lib/src.zip")).doesNotExist();
    assertThat(home.resolve("jmods")).doesNotExist();
    JavaBundle folderBundle = runtime.fetch(given(home), Progress.SILENT);
    assertThat(folderBundle.identity()).startsWith("folder sha256:");
    assertThat(folderBundle.version()).isEqualTo("21.0.9");
  }

  @Test
  void takesAZip() throws Exception {
    Path zip = folder.resolve("jdk.zip");
    try (OutputStream file = Files.newOutputStream(zip);
        ZipArchiveOutputStream out = new ZipArchiveOutputStream(file)) {
      for (Map.Entry<String, String> entry :
          List.of(
              Map.entry("jdk/bin/java", "#!/bin/sh\n"),
              Map.entry("jdk/release", release("25.0.3", "jdk.incubator.vector")))) {
        out.putArchiveEntry(new ZipArchiveEntry(entry.getKey()));
        out.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
        out.closeArchiveEntry();
      }
    }
    JavaBundle bundle = runtime(jdk(25, X86, true, true)).fetch(given(zip), Progress.SILENT);
    assertThat(Files.isExecutable(unpack(bundle).resolve("bin/java"))).isTrue();
  }

  private Failure refusal(FakeSpark archive, JavaNeed need) throws Exception {
    Files.write(folder.resolve("jdk.tar.gz"), archive.tarGz());
    return catchThrowableOfType(
        Failure.class, () -> runtime(jdk(25, X86, true, true)).fetch(need, Progress.SILENT));
  }

  @Test
  void refusesAJdkThatWillNotDo() throws Exception {
    Path archive = folder.resolve("jdk.tar.gz");
    assertThat(refusal(jdkArchive("11.0.2", "jdk.incubator.vector"), given(archive)).what())
        .endsWith("will not do: it is Java 11; needed: [17, 21, 25]");
    assertThat(refusal(jdkArchive("25.0.3", "java.base"), given(archive)).what())
        .contains("lacks the module jdk.incubator.vector");
    JavaNeed alpine =
        new JavaNeed(new TreeSet<>(SPARK_43), true, ALPINE, Optional.of(archive.toString()));
    assertThat(refusal(jdkArchive("25.0.3", "jdk.incubator.vector"), alpine).what())
        .endsWith("it is for linux-x86_64, the host is linux-musl-aarch64");
    assertThat(refusal(FakeSpark.release("4.3.0"), given(archive)).what())
        .endsWith("is no JDK: it has no bin/java");
    assertThat(refusal(FakeSpark.release("4.3.0"), given(folder.resolve("none"))).what())
        .startsWith("there is no ");
  }

  @Test
  void fetchesTemurinOnceAndThenNeedsNoNetwork() throws Exception {
    byte[] archive = jdkArchive("25.0.3", "java.base jdk.incubator.vector").tarGz();
    String sha256 = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(archive));
    server.on("/binary", TestServer.redirect("/cdn/jdk.tar.gz"));
    server.file("/cdn/jdk.tar.gz", archive);
    server.text(
        "/v3/assets/latest/25/hotspot",
        "application/json",
        """
        [{"binary":{"package":{"checksum":"%s","link":"%s","name":"jdk.tar.gz","size":%d}},
          "version":{"semver":"25.0.3+9.0.LTS"}}]
        """
            .formatted(sha256, server.url("/binary"), archive.length));
    JavaRuntime runtime = runtime(jdk(25, ALPINE, true, true));
    JavaNeed need = JavaNeed.of(SPARK_43, X86);
    assertThat(runtime.offer(need))
        .isEqualTo(new JavaOffer("25.0.3", 25, "temurin sha256:" + sha256));
    JavaBundle bundle = runtime.fetch(need, Progress.SILENT);
    assertThat(bundle.identity()).isEqualTo("temurin sha256:" + sha256);
    assertThat(server.requests().getFirst())
        .isEqualTo(
            "/v3/assets/latest/25/hotspot"
                + "?architecture=x64&image_type=jdk&os=linux&vendor=eclipse");
    int asked = server.requests().size();
    assertThat(runtime.fetch(need, Progress.SILENT)).isEqualTo(bundle);
    assertThat(runtime.offer(need).identity()).isEqualTo(bundle.identity());
    assertThat(server.requests()).hasSize(asked);
  }

  @Test
  void saysThatThereIsNoJavaForAPlatform() {
    server.text("/v3/assets/latest/25/hotspot", "application/json", "[]");
    JavaRuntime runtime = runtime(jdk(25, ALPINE, true, true));
    assertThat(
            catchThrowableOfType(Failure.class, () -> runtime.offer(JavaNeed.of(SPARK_43, X86)))
                .what())
        .endsWith("has no Java 25 for linux-x86_64");
    JavaNeed odd = JavaNeed.of(SPARK_43, JavaPlatform.host("vax", ""));
    assertThat(catchThrowableOfType(Failure.class, () -> runtime.offer(odd)).what())
        .isEqualTo("there is no Java to fetch for the architecture vax");
  }
}
