package huddle.submit;

import huddle.event.Failure;
import huddle.event.Printable;
import huddle.json.JsonText;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How far the jobs are that run now, as a driver's page tells it. Pure.
///
/// @param what the running job's own description: `collect at job.py:12`; several: how many
public record JobProgress(
    String what, long stagesDone, long stages, long tasksDone, long tasks, long running) {
  /// Reads `/api/v1/applications/ID/jobs?status=running`; empty while nothing runs, or where it is
  /// something else.
  public static Optional<JobProgress> parse(String text) {
    List<?> jobs;
    try {
      jobs = new JsonText("", "the driver's list of jobs", text).list();
    } catch (Failure e) {
      return Optional.empty();
    }
    String what = "";
    long[] sums = new long[5];
    int count = 0;
    for (Object element : jobs) {
      if (element instanceof Map<?, ?> job) {
        count++;
        what = job.get("name") instanceof String name ? shown(name) : what;
        long skipped = number(job, "numSkippedTasks");
        sums[0] += number(job, "numCompletedStages") + number(job, "numSkippedStages");
        sums[1] += job.get("stageIds") instanceof List<?> stages ? stages.size() : 0;
        sums[2] += number(job, "numCompletedTasks") + skipped;
        sums[3] += number(job, "numTasks");
        sums[4] += number(job, "numActiveTasks");
      }
    }
    return count == 0
        ? Optional.empty()
        : Optional.of(
            new JobProgress(
                count == 1 ? what : count + " jobs", sums[0], sums[1], sums[2], sums[3], sums[4]));
  }

  /// The folder that the program was sent to says nothing to who sent it.
  private static String shown(String name) {
    return Printable.line(name).replaceAll(" /[^ ]*/run/submit-[0-9a-f-]+/", " ");
  }

  private static long number(Map<?, ?> job, String key) {
    return job.get(key) instanceof Number number ? Math.max(0, number.longValue()) : 0;
  }

  /// `120 of 400 tasks, 8 running, 1 of 3 stages: collect at job.py:12`.
  public String text() {
    return "%d of %d tasks, %d running, %d of %d stages%s"
        .formatted(
            tasksDone, tasks, running, stagesDone, stages, what.isEmpty() ? "" : ": " + what);
  }
}
