package huddle.doctor;

import java.util.Locale;

/// What a door does with one who has no credential.
///
/// @param kind in a word
/// @param evidence what was seen, in one line; text of whoever listens
public record Answer(Kind kind, String evidence) {
  /// From shut to open.
  public enum Kind {
    /// Nothing can be reached there.
    CLOSED,
    /// Something listens and says nothing, whatever it is asked.
    SILENT,
    /// It speaks, and lets nobody in.
    REFUSES,
    /// It speaks a protocol that is not known here.
    OTHER,
    /// It serves.
    ANSWERS;

    /// In JSON and text.
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
