package huddle.cli;

import huddle.event.Failure;
import huddle.spec.ClusterSpec;
import huddle.spec.Reading;
import huddle.spec.SpecReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Finds and reads the cluster's file.
final class SpecFile {
  private SpecFile() {}

  /// The spec of `-f FILE`, else of `./huddle.yaml`, else the cluster on this machine.
  ///
  /// @param file as given; empty: the default
  static ClusterSpec read(Context context, String file) {
    if (file.equals("-")) {
      return valid("standard input", bytes("standard input", context.terminal().in()));
    }
    String name = file.isEmpty() ? "huddle.yaml" : file;
    Path path = context.folder().resolve(name);
    if (file.isEmpty() && !Files.exists(path)) {
      return ClusterSpec.local();
    }
    if (Files.isDirectory(path)) {
      throw new WrongInput(name + " is a folder; name the file in it");
    }
    try (InputStream in = Files.newInputStream(path)) {
      return valid(name, bytes(path.toString(), in));
    } catch (java.nio.file.NoSuchFileException e) {
      throw new WrongInput(name + " does not exist; `huddle init HOST…` writes one");
    } catch (AccessDeniedException e) {
      throw new WrongInput(name + " cannot be read: it is not yours to read");
    } catch (IOException e) {
      throw new WrongInput(name + " cannot be read: " + e.getMessage());
    }
  }

  private static byte[] bytes(String name, InputStream in) {
    try {
      return in.readNBytes(SpecReader.BYTE_LIMIT + 1);
    } catch (IOException e) {
      throw Failure.of(name + " cannot be read: " + e.getMessage(), "");
    }
  }

  private static ClusterSpec valid(String name, byte[] content) {
    return switch (SpecReader.read(name, content)) {
      case Reading.Valid valid -> valid.spec();
      case Reading.Invalid invalid ->
          throw new WrongInput(
              String.join("\n", invalid.problems().stream().map(Object::toString).toList()));
    };
  }
}
