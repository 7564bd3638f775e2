package huddle.spark;

import static org.assertj.core.api.Assertions.assertThat;

import huddle.spec.MemorySize;
import huddle.spec.Ports;
import huddle.spec.Role;
import huddle.spec.ServiceSpec;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The files of a host, and which daemons a difference in them restarts.
class ConfTextTest {
  private static final String ROOT = "/home/o'neill/.huddle/penguins";

  private static String file(HostSettings settings, String path) {
    return ConfText.files(settings).stream()
        .filter(file -> file.path().equals(path))
        .findFirst()
        .orElseThrow()
        .text();
  }

  @Test
  void everyFileOfAMastersHostWithAWorker() throws IOException {
    String all =
        ConfText.files(SampleSettings.full(ROOT)).stream()
            .filter(file -> !file.isBinary())
            .map(file -> "== %s %s\n%s".formatted(file.path(), file.mode(), file.text()))
            .collect(Collectors.joining());
    try (InputStream in = ConfTextTest.class.getResourceAsStream("conf.txt")) {
      assertThat(all)
          .isEqualTo(new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  @Test
  void aHostWithoutAMasterHasNoListOfWorkers() {
    assertThat(ConfText.files(SampleSettings.of(ROOT, Set.of(Role.WORKER))))
        .extracting(ConfFile::path)
        .doesNotContain("conf/workers");
    assertThat(file(SampleSettings.of(ROOT, Set.of(Role.MASTER)), "conf/spark-env.sh"))
        .doesNotContain("SPARK_WORKER");
  }

  @Test
  void aFileThatHidesMoreHidesNoLess() {
    HostSettings settings =
        SampleSettings.with(ROOT, Map.of("spark.redaction.regex", "customer|^salary$"));
    Pattern hidden = Pattern.compile(ConfText.properties(settings).get("spark.redaction.regex"));
    assertThat(
            Stream.of(
                "spark.authenticate.secret",
                "spark.connect.authenticate.token",
                "X_PASSWORD",
                "spark.hadoop.fs.s3a.access.key",
                "customer.id",
                "salary"))
        .allMatch(key -> hidden.matcher(key).find());
    assertThat(Stream.of("spark.master", "Customer", "salary.class"))
        .noneMatch(key -> hidden.matcher(key).find());
  }

  @Test
  void encryptionIsAuthenticatedAndNotLeftToTheOtherSide() {
    assertThat(ConfText.properties(SampleSettings.full(ROOT)))
        .containsEntry("spark.network.crypto.enabled", "true")
        .containsEntry("spark.network.crypto.cipher", "AES/GCM/NoPadding")
        .containsEntry("spark.network.crypto.authEngineVersion", "2")
        .containsEntry("spark.network.crypto.saslFallback", "false");
  }

  @Test
  void valuesComeBackAsSparkReadsThem() throws IOException {
    Properties read = new Properties();
    read.load(new StringReader(file(SampleSettings.full(ROOT), "conf/spark-defaults.conf")));
    assertThat(read)
        .containsEntry("spark.app.note", " a\\b\nc\rspark.authenticate false")
        .containsEntry("spark.authenticate", "true")
        .containsEntry("spark.sql.shuffle.partitions", "64")
        .containsEntry("spark.deploy.recoveryDirectory", ROOT + "/recovery");
  }

  @Test
  void theFileOverridesDefaultsAndNeverTheDoors() {
    HostSettings settings =
        with(
            Map.of(
                "spark.worker.cleanup.enabled", "false",
                "spark.authenticate", "false",
                "spark.authenticate.secret", "mine",
                "spark.master.rest.enabled", "true",
                "spark.master", "local[*]"));
    assertThat(ConfText.properties(settings))
        .containsEntry("spark.worker.cleanup.enabled", "false")
        .containsEntry("spark.authenticate", "true")
        .containsEntry("spark.authenticate.secret", ConfFile.SECRET)
        .containsEntry("spark.master.rest.enabled", "false")
        .containsEntry("spark.master", "spark://10.0.0.1:7077");
  }

  @Test
  void theDigestOfAFileLeavesTheSecretsLinesOut() {
    ConfFile with = new ConfFile("f", "a 1\nspark.authenticate.secret x\nb 2\n", "600");
    ConfFile without = new ConfFile("f", "a 1\nb 2\n", "600");
    ConfFile similar = new ConfFile("f", "a 1\nspark.authenticate.secretive x\nb 2\n", "600");
    assertThat(with.digest()).isEqualTo(without.digest()).isNotEqualTo(similar.digest());
  }

  @Test
  void executorsOfConnectRunTheClustersPython() {
    HostSettings settings = SampleSettings.full(ROOT);
    DaemonCommand command = DaemonCommand.of(settings, Role.CONNECT);
    assertThat(command.environment())
        .containsEntry("PYSPARK_PYTHON", settings.pythonCommand())
        .containsEntry("JDK_JAVA_OPTIONS", "@" + ROOT + "/conf/connect.opts");
    assertThat(command.words())
        .contains("spark.connect.grpc.binding.address=127.0.0.1")
        .noneMatch(word -> word.contains("token"));
  }

  private static HostSettings with(Map<String, String> conf) {
    HostSettings s = SampleSettings.full(ROOT);
    return changed(s, s.javaHome(), s.python(), s.ports(), s.worker(), conf, s.env(), s.workers());
  }

  private static HostSettings changed(
      HostSettings s,
      String java,
      String python,
      Ports ports,
      HostSettings.WorkerSize size,
      Map<String, String> conf,
      Map<String, String> env,
      List<String> workers) {
    return new HostSettings(
        s.cluster(),
        s.host(),
        s.root(),
        s.address(),
        s.roles(),
        s.spark(),
        s.sparkIdentity(),
        java,
        python,
        s.master(),
        ports,
        size,
        s.dirs(),
        env,
        conf,
        workers,
        s.services(),
        s.jarFolder(),
        s.data());
  }

  /// Something that differs, and which daemons then run with other settings.
  record Difference(String what, HostSettings after, Set<Role> restarted) {}

  static Stream<Difference> differences() {
    HostSettings s = SampleSettings.full(ROOT);
    Set<Role> all = Set.of(Role.values());
    Map<String, String> env = Map.of("TZ", "CET");
    HostSettings.WorkerSize small = new HostSettings.WorkerSize(2, 1_024);
    Ports ports = new Ports(7077, 8080, 7078, 8091, 15002, 10000, 18080);
    Ports moved = new Ports(7077, 8080, 7078, 8081, 15003, 10000, 18080);
    List<String> joined = List.of("10.0.0.9");
    return Stream.of(
        new Difference(
            "another Java",
            changed(s, "/j", s.python(), s.ports(), s.worker(), s.conf(), s.env(), s.workers()),
            all),
        new Difference(
            "another Python",
            changed(s, s.javaHome(), "/p", s.ports(), s.worker(), s.conf(), s.env(), s.workers()),
            Set.of()),
        new Difference(
            "one more Worker",
            changed(s, s.javaHome(), s.python(), s.ports(), s.worker(), s.conf(), s.env(), joined),
            Set.of()),
        new Difference(
            "another environment",
            changed(s, s.javaHome(), s.python(), s.ports(), s.worker(), s.conf(), env, s.workers()),
            all),
        new Difference(
            "another size",
            changed(s, s.javaHome(), s.python(), s.ports(), small, s.conf(), s.env(), s.workers()),
            Set.of(Role.WORKER)),
        new Difference(
            "another port of the Workers' pages",
            changed(s, s.javaHome(), s.python(), ports, s.worker(), s.conf(), s.env(), s.workers()),
            Set.of(Role.WORKER)),
        new Difference(
            "another port of the Connect server",
            changed(s, s.javaHome(), s.python(), moved, s.worker(), s.conf(), s.env(), s.workers()),
            Set.of(Role.CONNECT)),
        new Difference(
            "more memory for the thrift server",
            s.withServices(services(s, Role.THRIFT, OptionalInt.empty(), Optional.of("2g"))),
            Set.of(Role.THRIFT)),
        new Difference(
            "more cores for the Connect server",
            s.withServices(services(s, Role.CONNECT, OptionalInt.of(3), Optional.empty())),
            Set.of(Role.CONNECT)),
        new Difference(
            "a Worker more to share",
            s.withServices(
                new Services(
                    s.services().here(),
                    Map.of(),
                    List.of(small, new HostSettings.WorkerSize(100, 100_000)))),
            Set.of()),
        new Difference(
            "other libraries",
            with(s, Optional.of("jars-x"), s.data()),
            Set.of(Role.WORKER, Role.CONNECT, Role.THRIFT)),
        new Difference(
            "no libraries",
            with(s, Optional.empty(), s.data()),
            Set.of(Role.WORKER, Role.CONNECT, Role.THRIFT)),
        new Difference(
            "another data folder",
            with(s, s.jarFolder(), "/d/e"),
            Set.of(Role.WORKER, Role.CONNECT, Role.THRIFT)));
  }

  private static Services services(
      HostSettings s, Role role, OptionalInt cores, Optional<String> memory) {
    ServiceSpec spec =
        new ServiceSpec(
            Optional.empty(), cores, memory.map(size -> MemorySize.parse(size).orElseThrow()));
    return new Services(s.services().here(), Map.of(role, spec), s.services().workers());
  }

  private static HostSettings with(HostSettings s, Optional<String> jarFolder, String data) {
    return new HostSettings(
        s.cluster(),
        s.host(),
        s.root(),
        s.address(),
        s.roles(),
        s.spark(),
        s.sparkIdentity(),
        s.javaHome(),
        s.python(),
        s.master(),
        s.ports(),
        s.worker(),
        s.dirs(),
        s.env(),
        s.conf(),
        s.workers(),
        s.services(),
        jarFolder,
        data);
  }

  @ParameterizedTest
  @MethodSource("differences")
  void aDifferenceRestartsWhomItConcerns(Difference difference) {
    HostSettings before = SampleSettings.full(ROOT);
    HostSettings after = difference.after();
    for (Role role : Role.values()) {
      assertThat(!digest(after, role).equals(digest(before, role)))
          .as(difference.what() + ", " + role.word())
          .isEqualTo(difference.restarted().contains(role));
    }
  }

  private static String digest(HostSettings settings, Role role) {
    return DaemonCommand.digest(settings, role, "secret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "spark.worker.timeout",
        "spark.deploy.spreadOut",
        "spark.master.ui.title",
        "spark.network.timeout",
        "spark.rpc.io.threads",
        "spark.ssl.enabled",
        "spark.ui.reverseProxy",
        "spark.shuffle.service.enabled",
        "spark.metrics.conf",
        "spark.port.maxRetries"
      })
  void aKeyThatDaemonsReadConcernsBoth(String key) {
    for (Role role : List.of(Role.MASTER, Role.WORKER)) {
      assertThat(digest(with(Map.of(key, "1")), role)).isNotEqualTo(digest(with(Map.of()), role));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "spark.sql.adaptive.enabled",
        "spark.executor.memory",
        "spark.cores.max",
        "spark.app.name"
      })
  void aKeyThatOnlyApplicationsReadConcernsOnlyServersThatAreDrivers(String key) {
    for (Role role : Role.values()) {
      boolean concerned =
          !digest(with(Map.of(key, "1")), role).equals(digest(with(Map.of()), role));
      assertThat(concerned).as(role.word()).isEqualTo(role == Role.CONNECT || role == Role.THRIFT);
    }
  }

  @Test
  void anotherSecretConcernsAll() {
    HostSettings settings = SampleSettings.full(ROOT);
    for (Role role : Role.values()) {
      assertThat(DaemonCommand.digest(settings, role, "a"))
          .isNotEqualTo(DaemonCommand.digest(settings, role, "b"));
    }
  }
}
