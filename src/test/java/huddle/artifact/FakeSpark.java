package huddle.artifact;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/// Small archives in the forms that Spark comes in, and hostile ones.
final class FakeSpark {
  private final List<Piece> pieces = new ArrayList<>();

  private record Piece(TarArchiveEntry header, String text) {}

  /// The pyspark source package, as 4.x lays it out; 3.5 lacks LICENSE and NOTICE.
  static FakeSpark sdist(String version) {
    String top = "pyspark-" + version + "/";
    return new FakeSpark()
        .folder(top)
        .file(top + "PKG-INFO", "Name: pyspark")
        .file(top + "setup.py", "raise SystemExit('no build step')")
        .file(top + "NOTICE", "Apache Spark")
        .folder(top + "deps/")
        .program(top + "deps/bin/spark-class", "#!/bin/sh\n")
        .program(top + "deps/bin/spark-submit", "#!/bin/sh\n")
        .program(top + "deps/sbin/spark-daemon.sh", "#!/bin/sh\n")
        .file(top + "deps/jars/spark-core_2.13-" + version + ".jar", "PK core " + version)
        .file(top + "deps/jars/hadoop-client-api-3.4.2.jar", "PK hadoop")
        .file(top + "deps/data/mllib/kmeans_data.txt", "0 0 0\n")
        .program(top + "deps/examples/pi.py", "print(3.14)\n")
        .file(top + "deps/licenses/LICENSE-x.txt", "x")
        .file(top + "pyspark/__init__.py", "")
        .file(top + "pyspark/python/pyspark/shell.py", "")
        .file(top + "pyspark.egg-info/SOURCES.txt", "")
        .file(top + "lib/py4j-0.10.9.9-src.zip", "PK py4j")
        .file(top + "lib/pyspark.zip", "PK pyspark");
  }

  /// As Apache releases it.
  static FakeSpark release(String version) {
    return home("spark-" + version + "-bin-hadoop3/", version);
  }

  /// A SPARK_HOME below a prefix.
  static FakeSpark home(String top, String version) {
    return new FakeSpark()
        .file(top + "RELEASE", "Spark " + version + " built for Hadoop 3.4.2\n")
        .program(top + "bin/spark-class", "#!/bin/sh\n")
        .file(top + "jars/spark-core_2.13-" + version + ".jar", "PK core " + version)
        .file(top + "conf/spark-defaults.conf", "spark.authenticate.secret s3cret\n")
        .file(top + "conf/spark-defaults.conf.template", "# none\n")
        .file(top + "logs/master.out", "old")
        .file(top + "python/pyspark/__init__.py", "")
        .file(top + "python/lib/py4j-0.10.9.9-src.zip", "PK py4j")
        .file(top + "kubernetes/dockerfiles/Dockerfile", "")
        .link(top + "examples/pi.py", "../bin/spark-class");
  }

  FakeSpark file(String name, String text) {
    return add(name, TarConstants.LF_NORMAL, 0664, text);
  }

  FakeSpark program(String name, String text) {
    return add(name, TarConstants.LF_NORMAL, 0775, text);
  }

  FakeSpark folder(String name) {
    return add(name, TarConstants.LF_DIR, 0775, "");
  }

  FakeSpark link(String name, String target) {
    add(name, TarConstants.LF_SYMLINK, 0777, "");
    pieces.getLast().header().setLinkName(target);
    return this;
  }

  FakeSpark hardLink(String name, String target) {
    add(name, TarConstants.LF_LINK, 0644, "");
    pieces.getLast().header().setLinkName(target);
    return this;
  }

  /// Any kind of entry, with a name as it stands.
  FakeSpark add(String name, byte kind, int mode, String text) {
    TarArchiveEntry header = new TarArchiveEntry(name, kind, true);
    header.setMode(mode);
    header.setSize(text.getBytes(StandardCharsets.UTF_8).length);
    pieces.add(new Piece(header, text));
    return this;
  }

  byte[] tar() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      for (Piece piece : pieces) {
        tar.putArchiveEntry(piece.header());
        tar.write(piece.text().getBytes(StandardCharsets.UTF_8));
        tar.closeArchiveEntry();
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return bytes.toByteArray();
  }

  byte[] tarGz() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(tar());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return bytes.toByteArray();
  }
}
