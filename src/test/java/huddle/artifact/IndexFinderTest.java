package huddle.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import huddle.event.Failure;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IndexFinderTest {
  @TempDir Path home;

  /// Programs that print what the test says, by how their words begin.
  private final Map<String, String> programs = new HashMap<>();

  private final Map<String, String> variables = new HashMap<>();

  private Optional<Commands.Ended> run(List<String> words, Duration bound) {
    String line = String.join(" ", words);
    return programs.entrySet().stream()
        .filter(program -> line.startsWith(program.getKey()))
        .findFirst()
        .map(program -> new Commands.Ended(0, program.getValue(), ""));
  }

  private IndexAddress find() {
    variables.put("XDG_CONFIG_DIRS", home.resolve("xdg").toString());
    return new IndexFinder(new OperatorEnvironment(variables, home), this::run).find();
  }

  private void uvToml(String text) throws Exception {
    Files.createDirectories(home.resolve(".config/uv"));
    Files.writeString(home.resolve(".config/uv/uv.toml"), text);
  }

  @Test
  void prefersTheEnvironmentThenPipsConfigurationThenUvs() throws Exception {
    programs.put("python3 -c", "https://default.example.org/simple\n");
    assertThat(find().from()).isEqualTo("pip's own default");
    assertThat(find().uri()).isEqualTo(URI.create("https://default.example.org/simple/"));

    uvToml("index-url = \"https://uv.example.org/simple/\"\n");
    assertThat(find().uri()).isEqualTo(URI.create("https://uv.example.org/simple/"));

    programs.put(
        "pip3 config list", "global.index-url='https://pip.example.org/root/pypi/+simple/'");
    assertThat(find().uri()).isEqualTo(URI.create("https://pip.example.org/root/pypi/+simple/"));
    assertThat(find().from()).isEqualTo("pip's configuration");

    variables.put("PIP_INDEX_URL", "https://one.example.org/simple");
    assertThat(find().uri().getHost()).isEqualTo("one.example.org");
    variables.put("UV_INDEX_URL", "https://two.example.org/simple");
    assertThat(find().uri().getHost()).isEqualTo("two.example.org");
    variables.put("UV_DEFAULT_INDEX", "company=https://three.example.org/simple");
    assertThat(find().name()).isEqualTo("three.example.org (from UV_DEFAULT_INDEX)");
  }

  @Test
  void takesLoginCertificatesAndProxyFromTheConfiguration() {
    programs.put(
        "pip config list",
        """
        global.cert='/etc/company.pem'
        global.index-url='https://ada:p%40ss%3aword@mirror.example.org/simple'
        global.proxy="http://proxy.example.org:3128"
        """);
    IndexAddress address = find();
    assertThat(address.uri()).isEqualTo(URI.create("https://mirror.example.org/simple/"));
    assertThat(address.login()).contains(new Credentials("ada", "p@ss:word"));
    assertThat(address.certificates()).containsExactly(Path.of("/etc/company.pem"));
    assertThat(address.proxy()).contains("http://proxy.example.org:3128");
    assertThat(address.name() + address).doesNotContain("p@ss").doesNotContain("p%40ss");
  }

  @Test
  void findsTheLoginOfAnIndexThatUvNames() throws Exception {
    uvToml(
        """
        # company
        [[index]]
        name = "extra"
        url = "https://extra.example.org/simple"

        [[index]]
        name = "my-mirror"   # the default
        url = 'https://mirror.example.org/simple'
        default = true

        [pip]
        index-url = "https://not-this.example.org/simple"
        """);
    variables.put("UV_INDEX_MY_MIRROR_USERNAME", "ada");
    variables.put("UV_INDEX_MY_MIRROR_PASSWORD", "s3cret");
    assertThat(find().uri().getHost()).isEqualTo("mirror.example.org");
    assertThat(find().login()).contains(new Credentials("ada", "s3cret"));
  }

  @Test
  void readsTheFormsOfUvToml() {
    assertThat(UvConfig.parse("").isEmpty()).isTrue();
    assertThat(UvConfig.parse("[[index]]\nurl = \"https://a.example.org\"\n")).isEmpty();
    assertThat(
            UvConfig.parse(
                    """
                    index = [
                      {name = "a", url = "https://a.example.org"},
                      {url = "https://b.example.org", default = true},
                    ]
                    no-index = false
                    """)
                .map(UvConfig::url))
        .contains("https://b.example.org");
    assertThat(
            UvConfig.parse("index = [{url = \"https://b.example.org\", default = true}]")
                .map(UvConfig::url))
        .contains("https://b.example.org");
    assertThat(UvConfig.parse("[pip]\nindex-url = \"https://c.example.org\"\n").map(UvConfig::url))
        .contains("https://c.example.org");
    assertThat(UvConfig.parse("[tool]\nindex-url = \"https://c.example.org\"\n")).isEmpty();
    assertThat(UvConfig.parse("# index-url = \"https://c.example.org\"\n")).isEmpty();
    assertThat(UvConfig.parse("\u0000\u0001 [[[ = \" '")).isEmpty();
  }

  @Test
  void asksUvWhereThereIsNoPython() {
    programs.put(
        "uv pip install --help",
        """
              --default-index <DEFAULT_INDEX>
                  The default package index (by default: <https://default.example.org/simple>)
                  [env: UV_DEFAULT_INDEX]
        """);
    assertThat(find().uri()).isEqualTo(URI.create("https://default.example.org/simple/"));
    assertThat(find().from()).isEqualTo("uv's own default");
  }

  @Test
  void saysWhatToDoWithoutPipAndUv() {
    Failure failure = catchThrowableOfType(Failure.class, this::find);
    assertThat(failure.what()).contains("neither pip nor uv is here");
    assertThat(failure.remedy()).contains("python3-pip", "PIP_INDEX_URL", "spark: {source:");
  }

  @Test
  void refusesWhatIsNoWebAddressWithoutShowingIt() {
    for (String bad :
        List.of("ftp://ada:s3cret@x/simple", "/srv/s3cret", "https://ada:s3 cret@x", "https://")) {
      variables.put("PIP_INDEX_URL", bad);
      Failure failure = catchThrowableOfType(Failure.class, this::find);
      assertThat(failure.what() + failure.remedy())
          .contains("PIP_INDEX_URL is not one of a web server")
          .doesNotContain("s3");
    }
  }

  @Test
  void respectsNoIndex() {
    programs.put("pip config list", "global.no-index='true'");
    assertThat(catchThrowableOfType(Failure.class, this::find).what()).contains("no-index");
  }

  private IndexAddress findReally(Path pipConf) {
    Map<String, String> real = new HashMap<>(System.getenv());
    real.keySet().removeIf(name -> name.startsWith("PIP_") || name.startsWith("UV_"));
    real.put("HOME", home.toString());
    real.put("PIP_CONFIG_FILE", pipConf.toString());
    real.put("XDG_CONFIG_HOME", home.resolve("none").toString());
    OperatorEnvironment environment = new OperatorEnvironment(real, home);
    return new IndexFinder(environment, new LocalCommands(real)).find();
  }

  private static boolean hasPip() {
    return new LocalCommands(System.getenv())
        .run(List.of("python3", "-m", "pip", "--version"), Duration.ofSeconds(30))
        .filter(ended -> ended.exit() == 0)
        .isPresent();
  }

  @Test
  void asksTheRealPip() throws Exception {
    assumeTrue(hasPip(), "pip is not installed");
    Path conf = home.resolve("pip.conf");
    Files.writeString(
        conf,
        "[global]\nindex-url = https://ada:it's@mirror.example.org/simple\ncert = /c o/ca.pem\n");
    IndexAddress address = findReally(conf);
    assertThat(address.uri()).isEqualTo(URI.create("https://mirror.example.org/simple/"));
    assertThat(address.login()).contains(new Credentials("ada", "it's"));
    assertThat(address.certificates()).containsExactly(Path.of("/c o/ca.pem"));
  }

  @Test
  void asksTheRealPipForItsDefault() throws Exception {
    assumeTrue(hasPip(), "pip is not installed");
    Path conf = Files.writeString(home.resolve("pip.conf"), "");
    // A module in the working folder must not be what answers.
    IndexAddress address = findReally(conf);
    assertThat(address.from()).isEqualTo("pip's own default");
    assertThat(address.uri().getScheme()).isEqualTo("https");
    assertThat(address.uri().getPath()).isEqualTo("/simple/");
  }
}
