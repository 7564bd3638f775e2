package huddle.apply;

import huddle.change.Change;
import huddle.event.Count;
import huddle.event.Event;
import huddle.event.Events;
import huddle.event.Failure;
import huddle.plan.ClusterFacts;
import huddle.plan.Goal;
import huddle.plan.Offers;
import huddle.plan.Plan;
import huddle.plan.Planner;
import huddle.spec.ClusterSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// The way of every command that changes anything: gather, plan, ask, apply, gather again, plan
/// again; that last plan must be empty.
public final class Convergence {
  private final ClusterSpec spec;
  private final Hosts hosts;
  private final ClusterGatherer gatherer;
  private final Deliveries deliveries;
  private final Events events;

  /// @param deliveries what the operator can bring to hosts
  public Convergence(
      ClusterSpec spec,
      Hosts hosts,
      ClusterGatherer gatherer,
      Deliveries deliveries,
      Events events) {
    this.spec = spec;
    this.hosts = hosts;
    this.gatherer = gatherer;
    this.deliveries = deliveries;
    this.events = events;
  }

  /// What a plan is made from, and the plan.
  public record Planned(ClusterFacts facts, Offers offers, Plan plan) {}

  /// How a run ended.
  ///
  /// @param planned what the run went by; its plan is empty if there was nothing to do
  /// @param failures every host's, those of hosts that could not take part included; empty: it
  ///   succeeded
  /// @param agreed false if the user said no
  public record Outcome(Planned planned, List<Failure> failures, boolean agreed) {
    public Outcome {
      failures = List.copyOf(failures);
    }
  }

  /// Gathers and plans; touches nothing.
  ///
  /// @param only names of the hosts that may be changed; empty: all
  public Planned plan(Goal goal, Set<String> only) throws InterruptedException {
    events.report(new Event.Step("Reading facts of " + Count.of(spec.hosts(), "host")));
    ClusterFacts facts = gatherer.gather(spec, hosts);
    Offers offers = deliveries.offers(spec, goal, facts);
    Plan plan = Planner.plan(spec, goal, facts, offers);
    return new Planned(facts, offers, only.isEmpty() ? plan : narrowed(plan, only, goal));
  }

  /// Runs to the goal.
  ///
  /// @param agree shown the plan if it is not empty; says whether to go on
  public Outcome run(Goal goal, Set<String> only, Predicate<Planned> agree)
      throws InterruptedException {
    Planned planned = plan(goal, only);
    List<Failure> failures = new ArrayList<>(planned.plan().refusals());
    if (planned.plan().isEmpty()) {
      failures.forEach(this::report);
      return new Outcome(planned, failures, true);
    }
    if (!agree.test(planned)) {
      return new Outcome(planned, failures, false);
    }
    events.report(new Event.Step(applying(planned.plan())));
    failures.forEach(this::report);
    Payloads payloads = deliveries.fetch(spec, planned);
    PlanRunner runner = new PlanRunner(hosts, payloads, secret(planned.facts(), goal), events);
    List<Failure> failed = runner.run(planned.plan());
    failures.addAll(failed);
    if (failed.isEmpty()) {
      failures.addAll(verified(goal.afterwards(), only, planned));
    }
    return new Outcome(planned, failures, true);
  }

  private void report(Failure failure) {
    events.report(Event.Failed.of(failure));
  }

  /// The claim that it is done, checked against what the hosts say now.
  private List<Failure> verified(Goal goal, Set<String> only, Planned before)
      throws InterruptedException {
    events.report(new Event.Step("Reading facts again"));
    ClusterFacts facts = gatherer.gather(spec, hosts);
    Plan again = Planner.plan(spec, goal, facts, before.offers());
    Plan left = only.isEmpty() ? again : narrowed(again, only, goal);
    List<Failure> failures = new ArrayList<>();
    for (Change change : left.changes()) {
      Failure failure =
          Failure.on(
              change.host(),
              "after all changes there is still one to make: %s (%s)"
                  .formatted(change.summary(), change.reason()),
              "run the command again; if it stays, see `huddle logs`");
      report(failure);
      failures.add(failure);
    }
    for (Failure refusal : left.refusals()) {
      if (before.plan().refusals().stream().noneMatch(r -> r.host().equals(refusal.host()))) {
        report(refusal);
        failures.add(refusal);
      }
    }
    return failures;
  }

  private java.util.function.Supplier<ClusterSecret> secret(ClusterFacts facts, Goal goal) {
    return new java.util.function.Supplier<>() {
      private Optional<ClusterSecret> read = Optional.empty();

      @Override
      public synchronized ClusterSecret get() {
        if (read.isEmpty()) {
          huddle.facts.HostFacts atMaster = facts.hosts().get(hosts.master());
          if (atMaster == null) {
            throw Failure.on(
                hosts.master(), "the cluster's secret is there, and it is not reached", "");
          }
          read =
              Optional.of(
                  goal instanceof Goal.Rotated
                      ? ClusterSecret.fresh()
                      : ClusterSecret.of(
                          hosts.connection(hosts.master()), atMaster.installed().root()));
        }
        return read.get();
      }
    };
  }

  private static String applying(Plan plan) {
    long on = plan.changes().stream().map(Change::host).distinct().count();
    return "Applying %s on %s".formatted(Count.of(plan.changes(), "change"), Count.of(on, "host"));
  }

  /// What concerns these hosts. Without a Master no Worker can be up, so its refusal concerns all.
  private Plan narrowed(Plan plan, Set<String> only, Goal goal) {
    Plan narrow = plan.only(only);
    if (goal.isLess() || only.contains(hosts.master())) {
      return narrow;
    }
    List<Failure> refusals = new ArrayList<>(narrow.refusals());
    plan.refusals().stream()
        .filter(refusal -> refusal.host().equals(Optional.of(hosts.master())))
        .forEach(refusals::add);
    return new Plan(narrow.changes(), refusals, narrow.warnings());
  }
}
