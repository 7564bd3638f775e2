package huddle.ui;

import huddle.event.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/// Shows a run that never happened, to look at the views by eye: `LiveDemo HOSTS [json|quiet|ask]`.
final class LiveDemo {
  private LiveDemo() {}

  public static void main(String[] args) throws InterruptedException {
    int count = Integer.parseInt(args[0]);
    List<String> more = List.of(args).subList(1, args.length);
    List<String> hosts =
        IntStream.rangeClosed(1, count).mapToObj(i -> "worker" + i + ".lan").toList();
    Terminal terminal =
        Terminal.of(
            System.getenv(), false, new Terminal.Streams(System.in, System.out, System.err));
    if (more.contains("ask")) {
      Prompt.Answers answers = new Prompt.Answers(false, false, Optional.empty());
      Prompt prompt = new Prompt(terminal, answers, new TtyInput());
      terminal.err().println("length " + prompt.password("Password:", "").length);
      terminal.err().println("yes " + prompt.yes("Apply these changes?"));
    }
    EventViews.Options options =
        new EventViews.Options(
            more.contains("json"), more.contains("quiet"), more.contains("verbose"), hosts);
    try (EventView view = EventViews.open(terminal, options)) {
      view.report(new Event.Step("Reading facts of " + count + " hosts"));
      Thread.sleep(1_500);
      terminal.out().println("something on standard output");
      view.report(new Event.Step("Applying " + 3 * count + " changes on " + count + " hosts"));
      List<Thread> threads = new ArrayList<>();
      for (String host : hosts) {
        threads.add(Thread.ofVirtual().start(() -> host(view, host)));
      }
      for (Thread thread : threads) {
        thread.join();
      }
      view.report(new Event.Step("Proving the cluster with a real job"));
      Thread.sleep(2_000);
      view.report(
          new Event.Finished(
              "penguins", "not up", List.of("worker2.lan"), "/home/ada/.huddle/logs/up.log"));
    }
    terminal
        .err()
        .print(
            new Hints(List.of(new Hints.Hint("huddle status", "every host and what runs on it")))
                .render(terminal.err().style(), terminal.err().columns()));
  }

  private static void host(EventView view, String host) {
    Random random = new Random(host.hashCode());
    try {
      view.report(new Event.ChangeStarted(host, "spark", "install Spark 4.3.0"));
      for (long done = 0; done < 499; done += 1 + random.nextInt(20)) {
        Thread.sleep(50);
        view.report(
            new Event.ChangeProgress(
                host, "spark", "copying Spark", done * 1_000_000, 499_000_000));
      }
      view.report(
          new Event.ChangeDone(host, "spark", "install Spark 4.3.0", Duration.ofSeconds(2)));
      if (host.equals("worker2.lan")) {
        view.report(
            new Event.Failed(
                host,
                "conf",
                "the disk is full",
                "Free 2 GB in /home or set root in huddle.yaml to another folder."));
        view.report(new Event.Skipped(host, "worker", "start Worker", "it has no conf"));
        return;
      }
      view.report(new Event.ChangeStarted(host, "worker", "start Worker"));
      Thread.sleep(1_000 + random.nextInt(2_000));
      view.report(new Event.ChangeDone(host, "worker", "start Worker", Duration.ofSeconds(2)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
