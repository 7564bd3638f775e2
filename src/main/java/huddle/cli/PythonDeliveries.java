package huddle.cli;

import huddle.apply.Convergence;
import huddle.apply.Payloads;
import huddle.artifact.OperatorEnvironment;
import huddle.artifact.Progress;
import huddle.artifact.PythonBundle;
import huddle.artifact.PythonInterpreters;
import huddle.artifact.PythonPackages;
import huddle.change.Action;
import huddle.change.InstallInterpreter;
import huddle.change.InstallPython;
import huddle.event.Event;
import huddle.event.Events;
import huddle.event.Failure;
import huddle.facts.HostFacts;
import huddle.plan.ClusterFacts;
import huddle.plan.Goal;
import huddle.plan.Offers;
import huddle.plan.PythonNeed;
import huddle.plan.PythonOffers;
import huddle.python.Pins;
import huddle.python.PythonEnvironment;
import huddle.python.PythonKind;
import huddle.python.PythonPlatform;
import huddle.python.PythonRequest;
import huddle.spark.SparkVersion;
import huddle.spec.ClusterSpec;
import huddle.spec.PythonSpec;
import huddle.spec.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The environments of Python that a cluster should have, and interpreters for hosts that have no
/// suitable one. What is on the Master's host and came from the same request is kept: then nothing
/// is asked.
final class PythonDeliveries {
  private static final int LONGEST_FILE = 8 << 20;
  private static final int DEEPEST = 8;
  private static final Pattern INCLUDED =
      Pattern.compile("(?m)^\\s*(?:-r|--requirement|-c|--constraint)[ =\\t]*([^\\s#]+)");

  private final OperatorEnvironment operator;
  private final ClusterSpec spec;
  private final SparkVersion spark;
  private final Events events;
  private final PythonPackages packages;
  private final PythonInterpreters interpreters;

  PythonDeliveries(
      OperatorEnvironment operator, ClusterSpec spec, SparkVersion spark, Events events) {
    this.operator = operator;
    this.spec = spec;
    this.spark = spark;
    this.events = events;
    this.packages = PythonPackages.of(operator);
    this.interpreters = PythonInterpreters.of(operator);
  }

  PythonOffers offers(ClusterFacts facts, Goal goal) {
    Map<String, HostFacts> hosts = hosts(facts);
    HostFacts atMaster = hosts.get(spec.hosts().getFirst().name());
    if (atMaster == null) {
      return PythonOffers.NONE;
    }
    PythonNeed need = PythonNeed.of(spec, spark, hosts);
    PythonOffers offers = interpreters(hosts, need);
    String minor =
        offers.everywhere()
            ? offers.interpreters().values().iterator().next().minor()
            : need.minor();
    if ((!need.own() && offers.interpreters().isEmpty()) || !need.suits(spark)) {
      // The plan refuses the hosts; there is nothing to put packages on.
      return offers;
    }
    Map<PythonKind, PythonEnvironment> environments = new EnumMap<>(PythonKind.class);
    PythonRequest request = request(PythonKind.CLUSTER, minor, Pins.NONE);
    // A service on demand changes nothing of the cluster: that is up's to do.
    (goal instanceof Goal.Serving || goal instanceof Goal.Equipped
            ? there(request, atMaster).or(() -> older(request, atMaster))
            : environment(request, atMaster, hosts))
        .ifPresent(environment -> environments.put(PythonKind.CLUSTER, environment));
    notebook(minor, environments, hosts, goal)
        .ifPresent(environment -> environments.put(PythonKind.NOTEBOOK, environment));
    return new PythonOffers(environments, offers.interpreters(), offers.everywhere());
  }

  private Map<String, HostFacts> hosts(ClusterFacts facts) {
    Map<String, HostFacts> hosts = new LinkedHashMap<>();
    spec.hosts()
        .forEach(host -> {
          HostFacts of = facts.hosts().get(host.name());
          if (of != null) {
            hosts.put(host.name(), of);
          }
        });
    return hosts;
  }

  private PythonOffers interpreters(Map<String, HostFacts> hosts, PythonNeed need) {
    boolean everywhere = spec.python().source().isPresent();
    Map<String, PythonOffers.Interpreter> offers = new HashMap<>();
    Set<String> asked = new HashSet<>();
    if (!everywhere && spec.python().path().isPresent()) {
      return PythonOffers.NONE;
    }
    for (HostFacts host : (everywhere ? hosts : need.lacking()).values()) {
      PythonPlatform platform = PythonPlatform.host(host.arch(), host.libc());
      if (!need.suits(spark) || !asked.add(platform.key())) {
        continue;
      }
      try {
        if (everywhere) {
          PythonInterpreters.Given given =
              interpreters.given(spec.python().source().orElseThrow(), platform, Progress.SILENT);
          offers.put(platform.key(), new PythonOffers.Interpreter(given.folder(), given.minor()));
        } else {
          String folder = "cpython-" + need.minor();
          boolean there =
              need.lacking().values().stream()
                  .filter(other ->
                      PythonPlatform.host(other.arch(), other.libc()).key().equals(platform.key()))
                  .allMatch(
                      other -> other.installed().pythons().interpreters().containsKey(folder));
          if (!there) {
            interpreters.require(need.minor(), lowest(need.lacking(), platform), Progress.SILENT);
          }
          offers.put(platform.key(), new PythonOffers.Interpreter(folder, need.minor()));
        }
      } catch (Failure failure) {
        if (everywhere) {
          throw failure;
        }
        // The plan refuses the hosts in need by name; why nothing can be brought is said once.
        warn(failure, "");
      }
    }
    return new PythonOffers(Map.of(), offers, everywhere && !offers.isEmpty());
  }

  private static PythonPlatform lowest(Map<String, HostFacts> hosts, PythonPlatform like) {
    Map<String, PythonPlatform> lowest =
        PythonPlatform.lowest(
            hosts.values().stream()
                .map(host -> PythonPlatform.host(host.arch(), host.libc()))
                .toList());
    return lowest.getOrDefault(like.key(), like);
  }

  /// The notebook's: where the goal asks for it, or it is there and fits, or something runs from
  /// it.
  private Optional<PythonEnvironment> notebook(
      String minor,
      Map<PythonKind, PythonEnvironment> environments,
      Map<String, HostFacts> hosts,
      Goal goal) {
    String name = spec.placeOf(Role.NOTEBOOK);
    HostFacts host = hosts.get(name);
    if (host == null) {
      return Optional.empty();
    }
    PythonEnvironment cluster = environments.get(PythonKind.CLUSTER);
    PythonRequest request =
        request(PythonKind.NOTEBOOK, minor, cluster == null ? Pins.NONE : cluster.all());
    boolean used =
        host.installed().pythons().used().stream()
            .map(folder -> host.installed().pythons().environments().getOrDefault(folder, ""))
            .flatMap(identity -> PythonEnvironment.found(identity).stream())
            .anyMatch(found -> found.kind() == PythonKind.NOTEBOOK);
    return goal.pythons().contains(PythonKind.NOTEBOOK) || used
        ? environment(request, host, Map.of(name, host))
        : there(request, host);
  }

  private PythonRequest request(PythonKind kind, String minor, Pins base) {
    PythonSpec python = spec.python();
    boolean asked = python.packages().isPresent() || python.requirements().isPresent();
    // Whoever names an interpreter of their own has their packages there.
    List<String> otherwise =
        python.path().isPresent() || python.requirements().isPresent()
            ? List.of()
            : PythonRequest.DEFAULT;
    return new PythonRequest(
        kind,
        spark,
        minor,
        python.packages().orElse(otherwise),
        python.requirements().map(this::requirements),
        base,
        asked || kind != PythonKind.CLUSTER);
  }

  private PythonRequest.RequirementsFile requirements(String written) {
    Path file = operator.expand(written);
    String name = String.valueOf(file.getFileName());
    try {
      if (!Files.isRegularFile(file)) {
        throw Failure.of(
            "python.requirements: there is no file " + file,
            "write the path of a requirements.txt, pyproject.toml or uv.lock on this machine");
      }
      if (Files.size(file) > LONGEST_FILE) {
        throw Failure.of(
            "python.requirements: %s is longer than 8 MiB".formatted(file), "name a smaller one");
      }
      PythonRequest.Form form = PythonRequest.Form.of(name);
      if (form == PythonRequest.Form.LOCK
          && !Files.isRegularFile(file.resolveSibling("pyproject.toml"))) {
        throw Failure.of(
            "python.requirements: %s needs the pyproject.toml that it belongs to beside it"
                .formatted(file),
            "copy it there, or name a requirements.txt");
      }
      String text =
          form == PythonRequest.Form.PLAIN ? withIncluded(file, 0) : Files.readString(file);
      if (form == PythonRequest.Form.LOCK) {
        text += Files.readString(file.resolveSibling("pyproject.toml"));
      }
      return new PythonRequest.RequirementsFile(file.toString(), form, text);
    } catch (IOException e) {
      throw Failure.of(
          "python.requirements: cannot read %s (is it text in UTF-8?)".formatted(file),
          "check its permissions and its encoding");
    }
  }

  /// A file of requirements with those that it includes, so that a change of any counts.
  private static String withIncluded(Path file, int depth) throws IOException {
    String text = Files.readString(file);
    StringBuilder all = new StringBuilder(text);
    Matcher included = INCLUDED.matcher(text);
    while (included.find() && depth < DEEPEST && all.length() < LONGEST_FILE) {
      Path other = file.resolveSibling(included.group(1));
      if (Files.isRegularFile(other) && Files.size(other) < LONGEST_FILE) {
        all.append('\n').append(withIncluded(other, depth + 1));
      }
    }
    return all.toString();
  }

  /// One that is there and came from the same request.
  private static Optional<PythonEnvironment> there(PythonRequest request, HostFacts host) {
    Map<String, String> pins = host.installed().pythons().pins();
    String digest = request.digest();
    return host.installed().pythons().environments().entrySet().stream()
        .filter(entry -> pins.containsKey(entry.getKey()))
        .flatMap(entry ->
            PythonEnvironment.found(entry.getValue())
                .filter(found ->
                    found.kind() == request.kind()
                        && found.request().equals(digest)
                        && found.minor().equals(request.minor()))
                .map(found ->
                    found.environment(
                        Offers.platform(host.arch(), host.libc()),
                        Pins.parse(pins.getOrDefault(entry.getKey(), ""))))
                .filter(environment -> environment.folder().equals(entry.getKey()))
                .stream())
        .findFirst();
  }

  /// @param host whose environment is kept if it fits: the Master's, or the notebook's
  /// @param hosts that get it
  private Optional<PythonEnvironment> environment(
      PythonRequest request, HostFacts host, Map<String, HostFacts> hosts) {
    if (request.isEmpty() && request.kind() == PythonKind.CLUSTER) {
      return Optional.empty();
    }
    Optional<PythonEnvironment> there = there(request, host);
    if (there.isPresent()) {
      return there;
    }
    try {
      String summary =
          request.kind() == PythonKind.NOTEBOOK
              ? "resolving the notebook's packages"
              : "resolving Python packages";
      return Optional.of(timed(summary, () -> resolved(request, host, hosts)));
    } catch (Failure failure) {
      if (request.asked()) {
        throw failure;
      }
      // Rather what is there than nothing, if drivers and executors can go on with it.
      Optional<PythonEnvironment> older = older(request, host);
      warn(
          failure,
          older.isPresent()
              ? "the Python packages that are there stay"
              : "drivers and executors do without pandas and pyarrow");
      return older;
    }
  }

  /// What drivers and executors run on now: the manifest names it.
  private static Optional<PythonEnvironment> older(PythonRequest request, HostFacts host) {
    String manifest = host.installed().manifest().orElse("");
    Map<String, String> pins = host.installed().pythons().pins();
    return host.installed().pythons().environments().entrySet().stream()
        .filter(entry -> manifest.contains("/" + entry.getKey() + "/"))
        .flatMap(entry ->
            PythonEnvironment.found(entry.getValue()).stream()
                .filter(found ->
                    found.kind() == request.kind() && found.minor().equals(request.minor()))
                .map(found ->
                    found.environment(
                        Offers.platform(host.arch(), host.libc()),
                        Pins.parse(pins.getOrDefault(entry.getKey(), "")))))
        .findFirst();
  }

  private PythonEnvironment resolved(
      PythonRequest request, HostFacts host, Map<String, HostFacts> hosts) {
    Map<String, PythonPlatform> platforms = platforms(hosts);
    String first = PythonPlatform.host(host.arch(), host.libc()).key();
    Map<String, Pins> pins = new LinkedHashMap<>();
    PythonPlatform own =
        platforms.getOrDefault(first, PythonPlatform.host(host.arch(), host.libc()));
    Pins base = packages.resolve(request, own, Progress.SILENT);
    pins.put(first, base);
    platforms.forEach((key, platform) -> {
      if (!key.equals(first)) {
        pins.put(key, packages.resolve(request.with(base), platform, Progress.SILENT));
      }
    });
    return PythonEnvironment.of(request, pins);
  }

  private static Map<String, PythonPlatform> platforms(Map<String, HostFacts> hosts) {
    return PythonPlatform.lowest(
        hosts.values().stream()
            .map(host -> PythonPlatform.host(host.arch(), host.libc()))
            .toList());
  }

  /// Fetches or builds what the plan installs, by the name of its folder and platform.
  Map<String, Payloads.Payload> fetch(Convergence.Planned planned) {
    Map<String, Payloads.Payload> payloads = new HashMap<>();
    PythonOffers offers = planned.offers().pythons();
    Map<String, PythonPlatform> platforms = platforms(hosts(planned.facts()));
    for (var change : planned.plan().changes()) {
      if (change instanceof InstallPython install && !install.there()) {
        Action.UnpackPython unpack = install.action();
        PythonPlatform platform = platforms.get(unpack.platform());
        offers.environments().values().stream()
            .filter(environment -> environment.folder().equals(unpack.folder()))
            .findFirst()
            .filter(environment -> platform != null)
            .ifPresent(environment ->
                payloads.computeIfAbsent(
                    key(unpack.folder(), unpack.platform()),
                    key ->
                        payload(
                            timed(
                                "preparing " + install.summary(),
                                () ->
                                    built(
                                        environment,
                                        java.util.Objects.requireNonNull(platform))))));
      } else if (change instanceof InstallInterpreter install) {
        PythonPlatform platform = lacking(planned).get(install.platform());
        if (platform != null) {
          payloads.computeIfAbsent(
              key("", install.platform()),
              key ->
                  payload(
                      timed(
                          "preparing the interpreter of " + install.summary(),
                          () -> interpreter(install, platform))));
        }
      }
    }
    return payloads;
  }

  /// The platforms of the hosts that get an interpreter.
  private Map<String, PythonPlatform> lacking(Convergence.Planned planned) {
    Map<String, HostFacts> lacking = new HashMap<>(hosts(planned.facts()));
    lacking
        .keySet()
        .removeIf(host ->
            planned.plan().changes().stream()
                .noneMatch(
                    change -> change instanceof InstallInterpreter && change.host().equals(host)));
    return platforms(lacking);
  }

  static String key(String folder, String platform) {
    return folder + " " + platform;
  }

  private static Payloads.Payload payload(PythonBundle bundle) {
    return new Payloads.Payload(bundle.tar(), bundle.identity(), bundle.bytes());
  }

  private PythonBundle built(PythonEnvironment environment, PythonPlatform platform) {
    return packages
        .cached(environment, platform)
        .orElseGet(() -> {
          Pins pins = environment.pins().get(platform.key());
          if (pins == null) {
            // A host of another platform joined: the same versions for it.
            PythonRequest request =
                request(environment.kind(), environment.minor(), Pins.NONE).with(environment.all());
            pins = packages.resolve(request, platform, progress());
          }
          return packages.fetch(environment, pins, platform, progress());
        });
  }

  private PythonBundle interpreter(InstallInterpreter install, PythonPlatform platform) {
    return spec.python().source().isPresent()
        ? interpreters.given(spec.python().source().get(), platform, progress()).bundle()
        : interpreters.fetch(install.version(), platform, progress());
  }

  private Progress progress() {
    return (text, done, total) ->
        events.report(new Event.ChangeProgress("", "fetch", text, done, total));
  }

  private <T> T timed(String summary, Supplier<T> work) {
    long started = System.nanoTime();
    events.report(new Event.ChangeStarted("", "fetch", summary));
    T made = work.get();
    events.report(
        new Event.ChangeDone("", "fetch", summary, Duration.ofNanos(System.nanoTime() - started)));
    return made;
  }

  private void warn(Failure failure, String then) {
    events.report(
        new Event.Warning(
            "", failure.what() + (then.isEmpty() ? "" : "; " + then), failure.remedy()));
  }
}
