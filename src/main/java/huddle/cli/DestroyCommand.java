package huddle.cli;

import huddle.apply.ClusterLock;
import huddle.apply.Convergence;
import huddle.event.Failure;
import huddle.plan.Goal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `huddle destroy`: no file and no process is left on any host.
@Command(
    name = "destroy",
    description = "Stop everything and remove it from the hosts; no file and no process stays.",
    footerHeading = "Examples:%n",
    footer = {
      "  huddle destroy                      asks for the cluster's name",
      "  huddle destroy --confirm=penguins   says it beforehand"
    })
final class DestroyCommand extends ClusterCommand {
  @Option(
      names = "--confirm",
      paramLabel = "NAME",
      description = "The cluster's name, instead of typing it.")
  Optional<String> confirm = Optional.empty();

  DestroyCommand(Context context) {
    super(context);
  }

  @Override
  String command() {
    return "destroy";
  }

  @Override
  boolean streams() {
    return true;
  }

  @Override
  int run(ClusterSession session) throws InterruptedException {
    Convergence.Outcome outcome;
    if (!MasterLock.reach(session)) {
      // The others are cleaned up all the same; only the lock cannot be taken.
      outcome = remove(session);
    } else {
      try (ClusterLock lock = MasterLock.take(session, command())) {
        outcome = remove(session);
        lock.verify();
      }
    }
    if (!outcome.agreed()) {
      err().println("Nothing was removed.");
      return 1;
    }
    boolean all = options.only().isEmpty() && outcome.failures().isEmpty();
    if (options.only().isEmpty()) {
      Background.end(session);
    }
    if (all) {
      forget(session);
    }
    return finish(
        session,
        outcome,
        outcome.planned().plan().isEmpty()
            ? "nothing to do: nothing is there"
            : "removed from every host");
  }

  private Convergence.Outcome remove(ClusterSession session) throws InterruptedException {
    return session
        .convergence()
        .run(
            new Goal.Gone(),
            options.only(),
            planned -> {
              show(session, planned);
              return prompt(confirm)
                  .typed(
                      "This removes the cluster with all its logs and scratch files.",
                      session.spec().name());
            });
  }

  /// The operator's own trace of the cluster: the host keys of its first contacts.
  private void forget(ClusterSession session) {
    Path knownHosts = context.knownHosts(session.spec().name());
    try {
      Files.deleteIfExists(knownHosts);
      removeIfEmpty(knownHosts.getParent());
      removeIfEmpty(context.home().resolve(".huddle"));
    } catch (IOException e) {
      throw Failure.of(knownHosts + " cannot be removed: " + e.getMessage(), "remove it by hand");
    }
  }

  private static void removeIfEmpty(@org.jspecify.annotations.Nullable Path folder)
      throws IOException {
    if (folder != null && Files.isDirectory(folder)) {
      try (var entries = Files.list(folder)) {
        if (entries.findAny().isPresent()) {
          return;
        }
      }
      Files.deleteIfExists(folder);
    }
  }
}
