package huddle.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import huddle.change.Action;
import huddle.change.Change;
import huddle.change.PrepareRoot;
import huddle.change.Prove;
import huddle.change.RemoveFolder;
import huddle.change.StartDaemon;
import huddle.change.StopDaemon;
import huddle.event.Failure;
import huddle.plan.Plan;
import huddle.spark.HostSettings;
import huddle.spark.SampleSettings;
import huddle.spec.Role;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PlanRunnerTest {
  private static final Payloads NOTHING =
      new Payloads() {
        @Override
        public Payload spark() {
          return new Payload(Path.of("/nowhere.tar"), "nothing", 0);
        }

        @Override
        public Payload java(String platform) {
          return spark();
        }

        @Override
        public Payload packages() {
          return spark();
        }

        @Override
        public Payload python(String folder, String platform) {
          return spark();
        }

        @Override
        public Payload interpreter(String platform) {
          return spark();
        }
      };

  private final FakeHosts hosts = new FakeHosts();

  private List<Failure> run(Change... changes) throws InterruptedException {
    Hosts open = hosts.open();
    return new PlanRunner(
            open,
            NOTHING,
            () -> ClusterSecret.of(open.connection("one"), "/root"),
            hosts.events::add)
        .run(new Plan(List.of(changes), List.of(), List.of()));
  }

  private static Change root(String host) {
    return new PrepareRoot(host, "/root", "penguins");
  }

  private static Change cleaning(String host) {
    return new RemoveFolder(host, "/root", "spark-4.2.0", "spark", "no longer used");
  }

  private static HostSettings settings(String host) {
    HostSettings one = SampleSettings.of("/root", Set.of(Role.MASTER, Role.WORKER));
    return new HostSettings(
        one.cluster(),
        host,
        one.root(),
        one.address(),
        one.roles(),
        one.spark(),
        "",
        one.javaHome(),
        one.python(),
        one.master(),
        one.ports(),
        one.worker(),
        List.of(),
        one.env(),
        one.conf(),
        one.workers(),
        one.services(),
        one.jarFolder(),
        one.data());
  }

  private static Change start(String host, Role role) {
    return new StartDaemon(settings(host), role, Change.Verb.ADD, "not running");
  }

  @Test
  void carriesOutWhatThereIsInEachHostsOrder() throws Exception {
    assertThat(run(root("one"), cleaning("one"), root("two"), cleaning("two"))).isEmpty();
    assertThat(hosts.one().ran()).containsExactly("prepare-root", "remove-folder");
    assertThat(hosts.two().ran()).containsExactly("prepare-root", "remove-folder");
    assertThat(hosts.words())
        .containsExactlyInAnyOrder(
            "one root done", "one spark done", "two root done", "two spark done");
  }

  @Test
  void aFailureEndsItsHostsSequenceAndNoOthers() throws Exception {
    hosts.one().failing("prepare-root", "/root holds files that are not Huddle's");

    List<Failure> failures = run(root("one"), cleaning("one"), root("two"), cleaning("two"));

    assertThat(failures).hasSize(1);
    assertThat(failures.getFirst().host()).contains("one");
    assertThat(failures.getFirst().what()).isEqualTo("/root holds files that are not Huddle's");
    assertThat(failures.getFirst().detail()).contains("a warning");
    assertThat(hosts.words())
        .containsExactlyInAnyOrder(
            "one root failed: /root holds files that are not Huddle's",
            "one spark skipped: folder /root failed on one",
            "two root done",
            "two spark done");
  }

  @Test
  void aScriptThatSaysNothingIsNamedWithItsExitCode() throws Exception {
    hosts.two().answering(script -> new huddle.ssh.Output(7, "", ""));
    assertThat(run(root("two")))
        .extracting(Failure::what)
        .containsExactly("prepare-root ended with exit code 7");
  }

  @Test
  void everyHostsFailureIsReturned() throws Exception {
    hosts.one().failing("prepare-root", "no room");
    hosts.two().failing("prepare-root", "no rights");
    assertThat(run(root("one"), root("two")))
        .extracting(f -> f.host().orElse("") + ": " + f.what())
        .containsExactly("one: no room", "two: no rights");
  }

  @Test
  void withoutTheMasterItsWorkersAndTheProofAreSkipped() throws Exception {
    hosts.one().failing("start-daemon", "no such Java");
    Prove prove =
        new Prove(settings("one"), List.of(new Action.Expected("two", "10.0.0.2", 7078)), "");

    List<Failure> failures =
        run(start("one", Role.MASTER), start("two", Role.WORKER), prove, cleaning("two"));

    assertThat(failures).extracting(Failure::what).containsExactly("no such Java");
    assertThat(hosts.two().ran()).isEmpty();
    assertThat(hosts.words())
        .containsExactlyInAnyOrder(
            "one master failed: no such Java",
            "two worker skipped: Master at spark://10.0.0.1:7077 failed on one",
            "one proof skipped: Master at spark://10.0.0.1:7077 failed on one",
            "two spark skipped: Worker with 4 cores and 6g failed on two");
  }

  @Test
  void aMasterStopsAfterTheWorkersEvenIfOneFailed() throws Exception {
    hosts.two().failing("stop-daemon", "cannot");
    List<Failure> failures =
        run(
            new StopDaemon("one", "/root", Role.MASTER, ""),
            new StopDaemon("two", "/root", Role.WORKER, ""));
    assertThat(failures).hasSize(1);
    assertThat(hosts.words()).containsExactly("two worker failed: cannot", "one master done");
  }

  @Test
  void anInterruptEndsWhatIsUnderWayAndStartsNothingMore() throws Exception {
    CountDownLatch underWay = new CountDownLatch(2);
    CountDownLatch never = new CountDownLatch(1);
    for (FakeHost host : hosts.byName.values()) {
      host.answering(script -> {
        underWay.countDown();
        try {
          never.await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw Failure.on(host.host(), script.name() + " was interrupted", "");
        }
        return FakeHost.DONE;
      });
    }
    CompletableFuture<Throwable> end = new CompletableFuture<>();
    Thread command =
        Thread.ofVirtual()
            .start(() ->
                end.complete(catchThrowable(() -> run(root("one"), cleaning("one"), root("two")))));
    assertThat(underWay.await(20, TimeUnit.SECONDS)).isTrue();
    command.interrupt();
    assertThat(end.get(20, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
    assertThat(hosts.one().ran()).containsExactly("prepare-root");
    assertThat(hosts.two().ran()).containsExactly("prepare-root");
  }
}
