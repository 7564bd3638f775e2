package huddle.cli;

import huddle.apply.ClusterLock;
import huddle.event.Count;
import huddle.event.Event;
import huddle.spec.Host;
import java.util.List;

/// Takes the cluster's lock on the Master's host.
final class MasterLock {
  private MasterLock() {}

  /// Connects to every host. Whether the Master's can be reached: without it there is no lock to
  /// take, and a plan that says so, together with what else is wrong.
  static boolean reach(ClusterSession session) throws InterruptedException {
    connect(session);
    return session.hosts().find(session.hosts().master()).isPresent();
  }

  static ClusterLock take(ClusterSession session, String command) {
    List<Host> hosts = session.spec().hosts();
    Host master = hosts.getFirst();
    Context context = session.context();
    String user = context.environment().getOrDefault("USER", System.getProperty("user.name", "?"));
    ClusterLock lock =
        ClusterLock.take(
            session.hosts().connection(master.name()),
            master.root(),
            new ClusterLock.Holder(
                user + "@" + HostName.here(), "huddle " + command, context.clock().instant()));
    lock.takenFrom()
        .ifPresent(from ->
            session
                .events()
                .report(
                    new Event.Note(master.name(), "took over the lock that was left by " + from)));
    return lock;
  }

  private static void connect(ClusterSession session) throws InterruptedException {
    List<Host> hosts = session.spec().hosts();
    session.step(
        hosts.size() == 1
            ? "Connecting to " + hosts.getFirst().name()
            : "Connecting to " + Count.of(hosts, "host"));
    session.hosts().open(hosts);
  }
}
