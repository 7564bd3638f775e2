package huddle.cli;

import huddle.event.Failure;
import huddle.spec.ClusterSpec;
import huddle.spec.Host;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `huddle ssh HOST`: a login shell on a host of the cluster.
@Command(
    name = "ssh",
    description = "Open a shell on a host of the cluster; the Master's where none is named.",
    footerHeading = "Examples:%n",
    footer = {
      "  huddle ssh              the Master's host",
      "  huddle ssh worker.two   another one",
      "  huddle ssh worker.two -- df -h"
    })
final class SshCommand implements Callable<Integer> {
  @Mixin SharedOptions options = new SharedOptions();

  @Parameters(paramLabel = "HOST", arity = "0..1", index = "0", description = "As in the file.")
  String host = "";

  @Parameters(
      paramLabel = "COMMAND",
      arity = "0..*",
      index = "1..*",
      description = "Instead of a shell.")
  List<String> words = List.of();

  private final Context context;

  SshCommand(Context context) {
    this.context = context;
  }

  /// What to run there; the `--` that may stand before it is not part of it.
  private List<String> command() {
    return !words.isEmpty() && words.getFirst().equals("--")
        ? words.subList(1, words.size())
        : words;
  }

  @Override
  public Integer call() throws InterruptedException {
    ClusterSpec spec = SpecFile.read(context, options.file);
    String name = host.isEmpty() ? options.only().stream().findFirst().orElse("") : host;
    Host to =
        name.isEmpty()
            ? spec.hosts().getFirst()
            : spec.hosts().stream()
                .filter(h -> h.name().equals(name))
                .findFirst()
                .orElseThrow(() ->
                    new WrongInput(
                        "%s is no host of the cluster %s; it has %s"
                            .formatted(
                                name,
                                spec.name(),
                                spec.hosts().stream()
                                    .map(Host::name)
                                    .limit(10)
                                    .collect(Collectors.joining(", ")))));
    huddle.ssh.Connectors connectors =
        new huddle.ssh.Connectors(
            huddle.ssh.SshClient.system(context.knownHosts(spec.name()), context.environment()),
            context.environment(),
            event -> {});
    List<String> command = new ArrayList<>(connectors.interactive(to.name(), to.destination()));
    if (!command().isEmpty() && to.destination().isThisMachine()) {
      command.clear();
    }
    command.addAll(command());
    try {
      return new ProcessBuilder(command).inheritIO().start().waitFor();
    } catch (IOException e) {
      throw Failure.on(to.name(), "no shell: " + e.getMessage(), "");
    }
  }
}
