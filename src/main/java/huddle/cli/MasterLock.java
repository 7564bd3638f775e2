package huddle.cli;

import huddle.apply.ClusterLock;
import huddle.event.Event;
import huddle.spec.Host;
import java.util.List;

/// Takes the cluster's lock on the Master's host.
final class MasterLock {
  private MasterLock() {}

  static ClusterLock take(ClusterSession session, String command) throws InterruptedException {
    List<Host> hosts = session.spec().hosts();
    Host master = hosts.getFirst();
    session.step(
        hosts.size() == 1
            ? "Connecting to " + master.name()
            : "Connecting to " + hosts.size() + " hosts");
    session.hosts().open(hosts);
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
}
