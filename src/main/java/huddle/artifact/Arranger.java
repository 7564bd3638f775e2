package huddle.artifact;

import huddle.event.Failure;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;

/// Copies a source into a tar, each thing to its place.
final class Arranger {
  private Arranger() {}

  /// @param seen is told the name of each entry that was written
  /// @throws Failure if the source is damaged or hostile
  static void arrange(Source source, Layout layout, TarWriter tar, Consumer<String> seen)
      throws IOException {
    Bounds bounds = new Bounds();
    try {
      source.each(entry -> {
        bounds.take(entry);
        Optional<Entry> placed = place(entry, layout);
        if (placed.isPresent()) {
          tar.add(placed.get());
          seen.accept(placed.get().name());
        }
      });
    } catch (Hostile e) {
      throw Failure.of(
          source.name() + " is not to be trusted: it holds " + e.what(),
          "get it from another source");
    } catch (TarWriter.UnreadableException e) {
      throw Failure.of(
          source.name() + " cannot be read to its end: " + Reason.ofFile(e),
          "get it again, then compare its checksum");
    }
  }

  /// What a source may hold, also of what is left out: that has to be read through all the same.
  private static final class Bounds {
    private int entries;
    private long bytes;

    void take(Entry entry) throws Hostile {
      if (++entries > TarWriter.MOST_ENTRIES) {
        throw new Hostile("more than " + TarWriter.MOST_ENTRIES + " entries");
      }
      if (entry instanceof Entry.File file) {
        if (file.size() < 0 || file.size() > TarWriter.MOST_BYTES - bytes) {
          throw new Hostile("more than " + (TarWriter.MOST_BYTES >> 30) + " GiB");
        }
        bytes += file.size();
      }
    }
  }

  private static Optional<Entry> place(Entry entry, Layout layout) throws Hostile {
    if (entry.name().isEmpty()) {
      return Optional.empty();
    }
    Optional<String> place = layout.place(entry.name());
    if (place.isEmpty()) {
      return Optional.empty();
    }
    return switch (entry) {
      case Entry.Same same -> {
        Optional<String> target = layout.place(same.target());
        if (target.isEmpty()) {
          throw new Hostile("a hard link to what is left out: " + same.name());
        }
        yield Optional.of(new Entry.Same(place.get(), target.get()));
      }
      case Entry.Folder folder -> Optional.of(folder.at(place.get()));
      case Entry.File file -> Optional.of(file.at(place.get()));
      case Entry.Link link -> Optional.of(link.at(place.get()));
    };
  }
}
