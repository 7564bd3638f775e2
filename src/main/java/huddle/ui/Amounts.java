package huddle.ui;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;

/// Bytes and times as a person reads them. Units of bytes are decimal, as download pages show them.
public final class Amounts {
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);

  private Amounts() {}

  /// `212 of 499 MB`; `212 MB` where the total is 0, nothing where both are.
  public static String progress(long done, long total) {
    if (done <= 0 && total <= 0) {
      return "";
    }
    Unit unit = Unit.of(Math.max(done, total));
    String so = unit.number(Math.max(0, done));
    return total <= 0 ? so + " " + unit.text : so + " of " + unit.number(total) + " " + unit.text;
  }

  /// `0.4s`, `12s`, `1m04s`, `2h05m`.
  public static String took(Duration duration) {
    long millis = Math.max(0, duration.toMillis());
    if (millis < 9_950) {
      return String.format(Locale.ROOT, "%.1fs", millis / 1000.0);
    }
    return elapsed(Duration.ofMillis(millis + 500));
  }

  /// As [#took] in whole seconds: for time that still runs.
  public static String elapsed(Duration duration) {
    long seconds = Math.max(0, duration.toSeconds());
    if (seconds < 60) {
      return seconds + "s";
    }
    return seconds < 3600
        ? String.format(Locale.ROOT, "%dm%02ds", seconds / 60, seconds % 60)
        : String.format(Locale.ROOT, "%dh%02dm", seconds / 3600, seconds % 3600 / 60);
  }

  /// ISO 8601 in UTC, always with milliseconds: `2026-11-23T19:13:05.120Z`.
  static String time(Instant instant) {
    return TIME.format(instant);
  }

  private enum Unit {
    BYTES(1, "bytes"),
    KB(1_000, "kB"),
    MB(1_000_000, "MB"),
    GB(1_000_000_000, "GB");

    final long bytes;
    final String text;

    Unit(long bytes, String text) {
      this.bytes = bytes;
      this.text = text;
    }

    static Unit of(long bytes) {
      if (bytes < 1_000) {
        return BYTES;
      }
      if (bytes < 1_000_000) {
        return KB;
      }
      return bytes < 1_000_000_000 ? MB : GB;
    }

    String number(long amount) {
      return this == GB
          ? String.format(Locale.ROOT, "%.1f", (double) amount / bytes)
          : Long.toString(amount / bytes);
    }
  }
}
