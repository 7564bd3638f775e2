package huddle.cli;

import huddle.apply.SideBySide;
import huddle.event.Failure;
import huddle.event.Printable;
import huddle.json.Json;
import huddle.shell.Script;
import huddle.shell.ShellWord;
import huddle.spec.Host;
import huddle.ssh.Output;
import huddle.ui.FailureView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `huddle exec`: one command on every host, side by side.
@Command(
    name = "exec",
    description =
        "Run a command on every host, with the cluster's Spark, Java and Python on its PATH.",
    footerHeading = "Examples:%n",
    footer = {
      "  huddle exec -- nproc",
      "  huddle exec --host worker.two -- df -h /",
      "  huddle exec -- sh -c 'echo $SPARK_HOME'"
    })
final class ExecCommand extends ClusterCommand {
  @Parameters(
      paramLabel = "COMMAND",
      arity = "1..*",
      description = "The command and its arguments.")
  List<String> words = List.of();

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description = "Give up after this long; default: ${DEFAULT-VALUE}.")
  int timeout = 600;

  ExecCommand(Context context) {
    super(context);
  }

  @Override
  String command() {
    return "exec";
  }

  @Override
  int run(ClusterSession session) throws InterruptedException {
    Set<String> only = options.only();
    List<Host> hosts =
        session.spec().hosts().stream()
            .filter(host -> only.isEmpty() || only.contains(host.name()))
            .toList();
    session.hosts().open(hosts);
    Map<String, Output> outputs = new ConcurrentHashMap<>();
    Map<String, Failure> failures = new ConcurrentHashMap<>(session.hosts().failures());
    String command = words.stream().map(ShellWord::quote).collect(Collectors.joining(" "));
    SideBySide.run(
        hosts.stream().filter(host -> session.hosts().find(host.name()).isPresent()).toList(),
        host -> {
          Script script =
              Script.resource(ExecCommand.class, "exec")
                  .with("ROOT", host.root())
                  .with("COMMAND", command);
          try {
            outputs.put(
                host.name(),
                session
                    .hosts()
                    .connection(host.name())
                    .run(script, Duration.ofSeconds(Math.max(1, timeout))));
          } catch (Failure failure) {
            failures.put(host.name(), failure);
          }
        });
    session.settle();
    print(hosts, outputs, failures);
    boolean ok = failures.isEmpty() && outputs.values().stream().allMatch(o -> o.exit() == 0);
    // On one host alone the command's own exit code says more.
    return hosts.size() == 1 && outputs.size() == 1
        ? outputs.values().iterator().next().exit()
        : ok ? 0 : 1;
  }

  private void print(List<Host> hosts, Map<String, Output> outputs, Map<String, Failure> failures) {
    if (options.json) {
      List<Map<String, @Nullable Object>> results = new ArrayList<>();
      for (Host host : hosts) {
        Output output = outputs.get(host.name());
        Failure failure = failures.get(host.name());
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("host", host.name());
        json.put("exit", output == null ? null : output.exit());
        json.put("stdout", output == null ? "" : output.stdout());
        json.put("stderr", output == null ? "" : output.stderr());
        json.put("reason", failure == null ? null : failure.what());
        results.add(json);
      }
      Map<String, @Nullable Object> json = new LinkedHashMap<>();
      json.put("version", 1);
      json.put("hosts", results);
      out().print(Json.document(json));
      return;
    }
    boolean several = hosts.size() > 1;
    for (Host host : hosts) {
      Output output = outputs.get(host.name());
      if (output != null) {
        String prefix = several ? Printable.line(host.name()) + ": " : "";
        lines(output.stdout()).forEach(line -> out().println(prefix + line));
        lines(output.stderr()).forEach(line -> err().println(prefix + line));
        if (output.exit() != 0 && several) {
          err().println(prefix + "exit code " + output.exit());
        }
      }
    }
    List<Failure> failed =
        hosts.stream()
            .map(host -> failures.get(host.name()))
            .filter(java.util.Objects::nonNull)
            .toList();
    if (!failed.isEmpty()) {
      err().print(FailureView.render(failed, "", err().style()));
    }
  }

  private List<String> lines(String text) {
    return (out().tty() ? Printable.text(text) : text).lines().toList();
  }
}
