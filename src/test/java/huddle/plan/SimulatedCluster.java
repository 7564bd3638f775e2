package huddle.plan;

import huddle.change.Change;
import huddle.change.InstallInterpreter;
import huddle.change.InstallJava;
import huddle.change.InstallPackages;
import huddle.change.InstallPython;
import huddle.change.InstallSpark;
import huddle.change.PrepareRoot;
import huddle.change.Prove;
import huddle.change.RemoveFolder;
import huddle.change.RemoveRoot;
import huddle.change.StartDaemon;
import huddle.change.StopDaemon;
import huddle.change.WriteConf;
import huddle.event.Failure;
import huddle.facts.HostFacts;
import huddle.facts.Installed;
import huddle.spark.ConfFile;
import huddle.spark.Daemon;
import huddle.spark.DaemonCommand;
import huddle.spark.HostSettings;
import huddle.spark.MasterState;
import huddle.spark.SparkVersion;
import huddle.spec.ClusterSpec;
import huddle.spec.Host;
import huddle.spec.Reading;
import huddle.spec.Role;
import huddle.spec.SpecReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Hosts that do what a plan says: carrying changes out only changes what the next probe would
/// find.
public final class SimulatedCluster {
  /// The one that the next write brings to a host.
  public String secret = "5e".repeat(32);

  private final Map<String, FoundHost> hosts = new LinkedHashMap<>();
  private final Map<String, Failure> unreachable = new LinkedHashMap<>();
  private final List<MasterState.Worker> workers = new ArrayList<>();
  private final List<MasterState.Application> applications = new ArrayList<>();
  private Optional<String> masterUrl = Optional.empty();
  private String masterHost = "";
  private int pids = 100;

  public SparkVersion spark = new SparkVersion(4, 3, 0);
  public Optional<String> sparkIdentity = Optional.empty();
  public Map<String, Offers.JavaOffer> javas = new LinkedHashMap<>();
  public Optional<Offers.PackagesOffer> packages = Optional.empty();
  public PythonOffers pythons = PythonOffers.NONE;

  public static ClusterSpec spec(String yaml) {
    return switch (SpecReader.read("huddle.yaml", yaml.getBytes(StandardCharsets.UTF_8))) {
      case Reading.Valid valid -> valid.spec();
      case Reading.Invalid invalid -> throw new AssertionError(invalid.problems().toString());
    };
  }

  public SimulatedCluster host(String name, FoundHost host) {
    hosts.put(name, host);
    return this;
  }

  public FoundHost host(String name) {
    return Objects.requireNonNull(hosts.get(name), name);
  }

  public void unreachable(String name) {
    unreachable.put(name, Failure.on(name, "it does not answer", "see whether it is on"));
  }

  public void reachable(String name) {
    unreachable.remove(name);
  }

  public ClusterFacts facts(ClusterSpec spec) {
    Map<String, HostFacts> facts = new LinkedHashMap<>();
    Map<String, Failure> failed = new LinkedHashMap<>();
    List<Host> all = new ArrayList<>(spec.hosts());
    FoundHost atMaster = hosts.get(all.getFirst().name());
    List<Host> departed =
        atMaster == null || unreachable.containsKey(all.getFirst().name())
            ? List.of()
            : Planner.departed(spec, atMaster.facts());
    all.addAll(departed);
    for (Host host : all) {
      if (unreachable.containsKey(host.name())) {
        failed.put(host.name(), unreachable.get(host.name()));
      } else {
        facts.put(host.name(), host(host.name()).facts());
      }
    }
    return new ClusterFacts(facts, failed, master(), departed);
  }

  public Optional<MasterState> master() {
    return masterUrl.map(url -> new MasterState(url, "ALIVE", workers, List.copyOf(applications)));
  }

  public Plan plan(ClusterSpec spec, Goal goal) {
    return Planner.plan(spec, goal, facts(spec), offers());
  }

  /// What the operator could bring.
  public Offers offers() {
    return new Offers(spark, sparkIdentity, javas, packages, pythons);
  }

  public Plan plan(String yaml) {
    return plan(spec(yaml), new Goal.Up());
  }

  /// Plans, carries the plan out, and returns it.
  public Plan up(String yaml) {
    Plan plan = plan(yaml);
    apply(plan);
    return plan;
  }

  /// A plan as `host verb kind`, one change a line.
  public static List<String> words(Plan plan) {
    return plan.changes().stream()
        .map(change -> "%s %s %s".formatted(change.host(), change.verb().word(), change.kind()))
        .toList();
  }

  public void apply(Plan plan) {
    plan.changes().forEach(this::apply);
  }

  /// What kill -9 does to a daemon.
  public void kill(String name, Role role) {
    FoundHost host = host(name);
    Installed.Running was = host.running.remove(role);
    if (was != null) {
      host.listening.removeIf(listening -> was.ports().contains(listening.port()));
      host.daemons.removeIf(daemon -> daemon.pid() == was.pid());
      workers.removeIf(worker -> worker.id().equals("worker-" + was.pid()));
      endApplication(role);
      if (role == Role.MASTER && masterHost.equals(name)) {
        masterUrl = Optional.empty();
        workers.clear();
      }
    }
  }

  /// What the Master's page does to a service: its process goes on.
  public void endApplication(Role service) {
    applications.removeIf(application -> application.name().equals(service.title()));
  }

  /// Carries one change out.
  public void apply(Change change) {
    FoundHost host = host(change.host());
    switch (change) {
      case PrepareRoot _ -> host.exists = true;
      case InstallSpark install ->
          host.sparks.put("spark-" + install.version(), sparkIdentity.orElse("from the index"));
      case InstallJava install -> {
        host.bundled.put(install.folder(), "identity");
        int major = Integer.parseInt(install.version().replaceAll("\\..*", ""));
        host.javas.add(
            // The probe resolves links; this home lies behind one.
            new HostFacts.Java(
                "/data" + host.root + "/" + install.folder(),
                install.version(),
                major,
                true,
                true));
      }
      case InstallPackages install -> host.jars.put(install.folder(), "identity");
      case huddle.change.PrepareData _ ->
          host.data = new Installed.Data(Installed.Data.State.FOLDER, List.of());
      case InstallInterpreter install -> host.interpreters.put(install.folder(), "identity");
      case InstallPython install ->
          host.environments.put(install.action().folder(), install.action().identity());
      case WriteConf write -> {
        for (ConfFile file : write.files()) {
          host.files.put(file.path(), file.digest());
          if (file.path().equals("manifest.json")) {
            host.manifest = Optional.of(file.text());
          }
          if (file.holdsSecret()) {
            host.secretDigest = Optional.of(ConfFile.sha256(secret));
            host.files.put("conf/secret", ConfFile.sha256(secret));
          }
        }
      }
      case StartDaemon start -> start(host, start);
      case StopDaemon stop -> kill(change.host(), stop.role());
      case Prove prove -> {
        Installed.Running master = Objects.requireNonNull(host.running.get(Role.MASTER));
        host.proof =
            Proof.of(
                master.pid() + ":" + master.startTicks(),
                master().orElseThrow(),
                prove.workers(),
                prove.settings().pythonCommand());
      }
      case huddle.change.Drain _ -> {}
      case RemoveFolder remove -> {
        host.sparks.remove(remove.folder());
        host.bundled.remove(remove.folder());
        host.jars.remove(remove.folder());
        host.environments.remove(remove.folder());
        host.interpreters.remove(remove.folder());
        host.javas.removeIf(java -> java.bundled() && java.home().endsWith("/" + remove.folder()));
        host.leftovers.remove(remove.folder());
      }
      case RemoveRoot _ -> {
        host.exists = false;
        host.sparks.clear();
        host.bundled.clear();
        host.jars.clear();
        host.environments.clear();
        host.interpreters.clear();
        host.files.clear();
        host.manifest = Optional.empty();
        host.secretDigest = Optional.empty();
        host.proof = Optional.empty();
      }
    }
  }

  private void start(FoundHost host, StartDaemon start) {
    kill(start.host(), start.role());
    HostSettings settings = start.settings();
    int pid = pids++;
    host.running.put(
        start.role(),
        new Installed.Running(
            pid,
            pid * 10L,
            DaemonCommand.digest(settings, start.role(), ConfFile.sha256(secret)),
            start.ports()));
    Daemon.of(start.role())
        .listens(settings)
        .forEach(listen -> host.listening(listen.address(), listen.port()));
    host.daemons.add(
        new HostFacts.SparkDaemon(
            pid, start.role(), settings.cluster(), settings.root(), start.ports()));
    switch (start.role()) {
      case MASTER -> {
        if (!masterHost.equals(start.host())) {
          workers.clear();
        }
        masterHost = start.host();
        masterUrl = Optional.of(settings.master().url());
      }
      case WORKER ->
          workers.add(
              new MasterState.Worker(
                  "worker-" + pid,
                  settings.address(),
                  settings.ports().worker(),
                  "ALIVE",
                  settings.worker().cores(),
                  0,
                  settings.worker().memoryMiB(),
                  0));
      case CONNECT, THRIFT ->
          applications.add(
              new MasterState.Application(
                  "app-" + pid, start.role().title(), "ada", "WAITING", 0, 1024, 0));
      case HISTORY, NOTEBOOK -> {}
    }
  }
}
