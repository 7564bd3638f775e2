package huddle.submit;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/// What goes to the Master's host with an Application, as a tar: its file, and `py`, `files` and
/// `jars` with what it needs besides.
///
/// @param scratch a folder here for what is made on the way
record Parcel(Application application, Path scratch) {
  private static final int MOST_FILES = 50_000;

  /// Writes all of it; the stream stays open.
  void writeTo(OutputStream out) throws IOException {
    TarArchiveOutputStream tar = new TarArchiveOutputStream(out, StandardCharsets.UTF_8.name());
    // GNU's forms, as busybox reads no pax headers.
    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
    tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_STAR);
    add(tar, application.fileName(), application.file());
    for (Path file : application.extras().pyFiles()) {
      if (Files.isDirectory(file)) {
        Path zip = zip(file);
        add(tar, "py/" + Application.nameOf(file) + ".zip", zip);
        Files.delete(zip);
      } else {
        add(tar, "py/" + Application.nameOf(file), file);
      }
    }
    for (Path file : application.extras().files()) {
      add(tar, "files/" + Application.nameOf(file), file);
    }
    for (Path jar : application.extras().jars()) {
      add(tar, "jars/" + Application.nameOf(jar), jar);
    }
    for (Path jars : application.extras().jarTars()) {
      addAll(tar, jars);
    }
    tar.finish();
    tar.flush();
  }

  private static void add(TarArchiveOutputStream tar, String name, Path file) throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setSize(Files.size(file));
    entry.setMode(0600);
    tar.putArchiveEntry(entry);
    Files.copy(file, tar);
    tar.closeArchiveEntry();
  }

  private static void addAll(TarArchiveOutputStream tar, Path jars) throws IOException {
    try (TarArchiveInputStream in = new TarArchiveInputStream(Files.newInputStream(jars))) {
      for (TarArchiveEntry jar = in.getNextEntry(); jar != null; jar = in.getNextEntry()) {
        if (jar.isFile()) {
          TarArchiveEntry entry = new TarArchiveEntry("jars/" + jar.getName());
          entry.setSize(jar.getSize());
          entry.setMode(0600);
          tar.putArchiveEntry(entry);
          in.transferTo(tar);
          tar.closeArchiveEntry();
        }
      }
    }
  }

  /// A folder as a zip that Python imports from: a package under its own name, else what is in it.
  private Path zip(Path folder) throws IOException {
    Path zip = Files.createTempFile(scratch, "python", ".zip");
    boolean isPackage = Files.exists(folder.resolve("__init__.py"));
    List<Path> files;
    try (Stream<Path> all = Files.walk(folder)) {
      files =
          all.filter(Files::isRegularFile)
              .filter(file -> !file.toString().contains("/__pycache__/"))
              .sorted()
              .limit(MOST_FILES + 1L)
              .toList();
    }
    if (files.size() > MOST_FILES) {
      throw new IOException(folder + " holds more than " + MOST_FILES + " files");
    }
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      for (Path file : files) {
        String name = folder.relativize(file).toString();
        out.putNextEntry(new ZipEntry(isPackage ? Application.nameOf(folder) + "/" + name : name));
        Files.copy(file, out);
        out.closeEntry();
      }
    }
    return zip;
  }
}
