package huddle.ui;

import huddle.event.Count;
import huddle.event.Failure;
import java.util.List;

/// Failures as a person reads them: what failed, where, why, and what to do. Pure; lines are never
/// cut, since remedies are copied from them.
public final class FailureView {
  private FailureView() {}

  /// One failure, or a list of them by host.
  ///
  /// @param log path of the log that has the full output; empty if there is none
  /// @return whole lines
  public static String render(List<Failure> failures, String log, Style style) {
    StringBuilder text = new StringBuilder();
    if (failures.size() == 1) {
      Failure failure = failures.getFirst();
      text.append(style.paint(Tone.BAD, "failed:")).append(' ').append(sentence(failure));
      text.append('\n').append(remedy(failure, "  ", style));
    } else if (!failures.isEmpty()) {
      text.append(style.paint(Tone.BAD, heading(failures))).append('\n');
      for (Failure failure : failures) {
        text.append(" - ").append(sentence(failure)).append('\n');
        text.append(remedy(failure, "   ", style));
      }
    }
    if (!log.isEmpty()) {
      text.append(style.paint(Tone.DIM, "log: " + Columns.clean(log))).append('\n');
    }
    return text.toString();
  }

  private static String heading(List<Failure> failures) {
    long hosts = failures.stream().flatMap(failure -> failure.host().stream()).distinct().count();
    return hosts == 0 ? "failed:" : "failed on " + Count.of(hosts, "host") + ":";
  }

  private static String sentence(Failure failure) {
    return failure.host().map(host -> Columns.clean(host) + ": ").orElse("")
        + Columns.clean(failure.what());
  }

  private static String remedy(Failure failure, String indent, Style style) {
    return failure.remedy().isEmpty()
        ? ""
        : indent + style.paint(Tone.STRONG, "do:") + " " + Columns.clean(failure.remedy()) + "\n";
  }
}
