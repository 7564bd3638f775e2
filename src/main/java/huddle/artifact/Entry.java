package huddle.artifact;

import java.io.ByteArrayInputStream;
import java.io.InputStream;

/// One thing in an archive or folder. Names are relative, with `/`, without empty, `.` or `..`
/// parts; see [EntryName].
sealed interface Entry {
  String name();

  /// The same thing elsewhere.
  Entry at(String name);

  /// @param name not empty
  record Folder(String name) implements Entry {
    @Override
    public Folder at(String other) {
      return new Folder(other);
    }
  }

  /// @param bytes exactly `size` of them; read before the next entry is asked for
  record File(String name, boolean executable, long size, InputStream bytes) implements Entry {
    @Override
    public File at(String other) {
      return new File(other, executable, size, bytes);
    }

    /// The same file with other bytes.
    File with(byte[] other) {
      return new File(name, executable, other.length, new ByteArrayInputStream(other));
    }
  }

  /// A symbolic link.
  ///
  /// @param target as it stands, relative to the link's folder
  record Link(String name, String target) implements Entry {
    @Override
    public Link at(String other) {
      return new Link(other, target);
    }
  }

  /// Another name of a file that came before.
  ///
  /// @param target its name in the archive
  record Same(String name, String target) implements Entry {
    @Override
    public Same at(String other) {
      return new Same(other, target);
    }
  }
}
