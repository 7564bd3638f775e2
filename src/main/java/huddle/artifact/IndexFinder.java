package huddle.artifact;

import huddle.event.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds the index that pip or uv is configured for: the environment, pip's configuration, uv's,
/// and where nothing is configured what the tools themselves ask. No index is written down here.
final class IndexFinder {
  private static final Duration BOUND = Duration.ofSeconds(30);
  private static final List<String> VARIABLES =
      List.of("UV_DEFAULT_INDEX", "UV_INDEX_URL", "PIP_INDEX_URL");
  private static final List<List<String>> PIPS =
      List.of(List.of("pip"), List.of("pip3"), List.of("python3", "-m", "pip"));
  private static final Pattern PIP_FOLDER =
      Pattern.compile("pip \\S+ from (/.+)/pip \\(python [0-9.]+\\)");
  private static final Pattern UV_DEFAULT =
      Pattern.compile("--default-index.*?by\\s+default:\\s*<?(https?://[^\\s>)]+)", Pattern.DOTALL);

  private final OperatorEnvironment environment;
  private final Commands commands;

  IndexFinder(OperatorEnvironment environment, Commands commands) {
    this.environment = environment;
    this.commands = commands;
  }

  /// @throws Failure if there is neither pip nor uv, or what they say is of no use
  IndexAddress find() {
    Optional<Pip> pip = pip();
    PipConfig config = pip.map(Pip::config).orElse(PipConfig.NONE);
    for (String variable : VARIABLES) {
      Optional<String> value = environment.get(variable);
      if (value.isPresent()) {
        return address(value.get(), variable, Optional.empty(), config);
      }
    }
    if (config.isOn("no-index")) {
      throw Failure.of(
          "pip is configured to use no index (no-index)",
          "set PIP_INDEX_URL, or name Spark's tarball in the file: spark: {source: …}");
    }
    Optional<String> configured = config.get("index-url");
    if (configured.isPresent()) {
      return address(configured.get(), "pip's configuration", Optional.empty(), config);
    }
    Optional<Path> uvFile = uvFiles().stream().filter(file -> uv(file).isPresent()).findFirst();
    if (uvFile.isPresent()) {
      UvConfig uv = uv(uvFile.get()).orElseThrow();
      return address(uv.url(), uvFile.get().toString(), uv.login(environment), config);
    }
    return pipsDefault(pip)
        .map(url -> address(url, "pip's own default", Optional.empty(), config))
        .or(() ->
            uvsDefault().map(url -> address(url, "uv's own default", Optional.empty(), config)))
        .orElseThrow(() ->
            Failure.of(
                "cannot tell which Python index to fetch Spark from: neither pip nor uv is here",
                "install python3-pip, or set PIP_INDEX_URL, or name another source in the file:"
                    + " spark: {source: apache}"));
  }

  /// What pip is configured for; nothing if there is no pip.
  PipConfig config() {
    return pip().map(Pip::config).orElse(PipConfig.NONE);
  }

  private IndexAddress address(
      String url, String from, Optional<Credentials> login, PipConfig config) {
    URI uri = WebAddress.parse(bare(url) + "/", from);
    List<Path> certificates = config.get("cert").map(environment::expand).stream().toList();
    return new IndexAddress(
        WebAddress.withoutLogin(uri),
        Credentials.in(uri).or(() -> login),
        from,
        certificates,
        config.get("proxy"));
  }

  // uv lets an address begin with a name: UV_DEFAULT_INDEX=company=https://…
  private static String bare(String url) {
    return url.strip().replaceFirst("^[A-Za-z0-9_.-]+=(?=https?://)", "");
  }

  private record Pip(List<String> words, PipConfig config) {}

  private Optional<Pip> pip() {
    for (List<String> words : PIPS) {
      Optional<Pip> pip =
          run(words, "config", "list")
              .map(ended -> new Pip(words, PipConfig.parse(ended.stdout())));
      if (pip.isPresent()) {
        return pip;
      }
    }
    return Optional.empty();
  }

  private Optional<Commands.Ended> run(List<String> words, String... more) {
    List<String> all = new ArrayList<>(words);
    all.addAll(List.of(more));
    return commands.run(all, BOUND).filter(ended -> ended.exit() == 0);
  }

  private List<Path> uvFiles() {
    List<Path> files = new ArrayList<>();
    environment.get("UV_CONFIG_FILE").map(environment::expand).ifPresent(files::add);
    files.add(environment.config().resolve("uv/uv.toml"));
    String system = environment.get("XDG_CONFIG_DIRS").orElse("/etc/xdg");
    for (String folder : system.split(":", -1)) {
      files.add(Path.of(folder).resolve("uv/uv.toml"));
    }
    files.add(Path.of("/etc/uv/uv.toml"));
    return files;
  }

  private static Optional<UvConfig> uv(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return UvConfig.parse(new String(in.readNBytes(1 << 20), StandardCharsets.UTF_8));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  // `pip` may belong to another Python than `python3`: it says where it lies.
  private Optional<String> pipsDefault(Optional<Pip> pip) {
    List<String> words = new ArrayList<>(List.of("python3", "-c", defaultIndexProgram()));
    pip.flatMap(p -> run(p.words(), "--version"))
        .map(ended -> PIP_FOLDER.matcher(ended.stdout()))
        .filter(Matcher::find)
        .ifPresent(matcher -> words.add(matcher.group(1)));
    return commands
        .run(words, BOUND)
        .filter(ended -> ended.exit() == 0)
        .map(ended -> ended.stdout().strip())
        .filter(url -> url.matches("https?://\\S+"));
  }

  private Optional<String> uvsDefault() {
    return run(List.of("uv"), "pip", "install", "--help")
        .map(ended -> UV_DEFAULT.matcher(ended.stdout()))
        .filter(Matcher::find)
        .map(matcher -> matcher.group(1));
  }

  private static String defaultIndexProgram() {
    try (InputStream in = IndexFinder.class.getResourceAsStream("default_index.py")) {
      if (in == null) {
        throw new IllegalStateException("default_index.py is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
