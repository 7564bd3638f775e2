package huddle.cli;

import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/// Options of what goes along with an Application: `--py-files`, `--files`, `--jars`, `--packages`.
final class ParcelOptions {
  @Option(
      names = "--py-files",
      paramLabel = "PATH",
      split = ",",
      description = "Python that it imports: .py, .zip, .egg or a folder; goes to every executor.")
  List<Path> pyFiles = List.of();

  @Option(
      names = "--files",
      paramLabel = "FILE",
      split = ",",
      description = "Files for the folder that driver and executors run in.")
  List<Path> files = List.of();

  @Option(
      names = "--jars",
      paramLabel = "JAR",
      split = ",",
      description = "Jars for the class path of driver and executors.")
  List<Path> jars = List.of();

  @Option(
      names = "--packages",
      paramLabel = "G:A:V",
      split = ",",
      description = "Libraries by their Maven coordinates, resolved by this machine's mvn.")
  List<String> packages = List.of();

  /// The files among them.
  LocalFiles.Named named() {
    return new LocalFiles.Named(pyFiles, files, jars, !packages.isEmpty());
  }
}
