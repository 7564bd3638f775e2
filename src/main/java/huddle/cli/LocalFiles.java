package huddle.cli;

import huddle.spec.Spelling;
import huddle.submit.Application;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/// What of this machine an Application is made of, checked before anything is contacted.
///
/// @param folder that relative paths start from
record LocalFiles(Path folder) {
  /// As named on the command line.
  ///
  /// @param packages whether libraries come along besides
  record Named(List<Path> pyFiles, List<Path> files, List<Path> jars, boolean packages) {}

  /// @param name empty: the file's own
  Application application(
      Path app, List<String> arguments, String mainClass, String name, Named named) {
    Path file = folder.resolve(app);
    String text = file.toString();
    boolean python = text.endsWith(".py") || text.endsWith(".ipynb");
    if (!python && !text.endsWith(".jar")) {
      throw new WrongInput(app + " is neither a .py nor a .jar nor an .ipynb");
    }
    check("", app, false);
    if (text.endsWith(".ipynb") && !arguments.isEmpty()) {
      throw new WrongInput(app + ": a notebook takes no arguments");
    }
    if (!mainClass.isEmpty() && python) {
      throw new WrongInput("--class goes with a .jar, not with " + app);
    }
    List<Path> pyFiles = all("--py-files ", named.pyFiles(), true);
    for (Path path : pyFiles) {
      if (!Files.isDirectory(path) && !path.toString().matches(".*\\.(?:py|zip|egg)")) {
        throw new WrongInput(
            "--py-files %s is no .py, .zip, .egg or folder; other files go with --files"
                .formatted(path.getFileName()));
      }
    }
    List<Path> files = all("--files ", named.files(), false);
    List<Path> jars = all("--jars ", named.jars(), false);
    for (Path jar : jars) {
      if (!jar.toString().endsWith(".jar")) {
        throw new WrongInput("--jars %s is no .jar".formatted(jar.getFileName()));
      }
    }
    String itself = String.valueOf(file.getFileName());
    for (Path path : files) {
      String taken = String.valueOf(path.getFileName());
      if (taken.equals(itself)
          || Set.of("py", "files", "jars", "notes", "run.sh", "settings.conf").contains(taken)) {
        throw new WrongInput("--files %s: this name is taken; give it another".formatted(taken));
      }
    }
    if (!python) {
      checkMainClass(app, file, mainClass, jars.isEmpty() && !named.packages());
    }
    return new Application(
        file,
        arguments,
        mainClass,
        name.isEmpty() ? itself : name,
        Map.of(),
        new Application.Extras(pyFiles, files, jars, List.of()));
  }

  private List<Path> all(String option, List<Path> named, boolean folders) {
    List<Path> all = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Path path : named) {
      check(option, path, folders);
      Path whole = folder.resolve(path).normalize();
      String name = String.valueOf(whole.getFileName());
      if (name.contains(",") || name.contains("\"")) {
        throw new WrongInput(option + path + ": Spark takes no name with a comma or a quote");
      }
      if (!names.add(name)) {
        throw new WrongInput(option + path + ": another one has the same name");
      }
      all.add(whole);
    }
    return all;
  }

  private void check(String option, Path named, boolean folders) {
    Path path = folder.resolve(named);
    if (!Files.exists(path)) {
      throw new WrongInput(option + named + " does not exist" + meant(path));
    }
    if (!Files.isReadable(path)) {
      throw new WrongInput(option + named + " cannot be read");
    }
    if (Files.isDirectory(path) && !folders) {
      throw new WrongInput(option + named + " is a folder");
    }
  }

  private static String meant(Path path) {
    Path parent = path.toAbsolutePath().getParent();
    Path last = path.getFileName();
    if (parent == null || last == null || !Files.isDirectory(parent)) {
      return "";
    }
    try (Stream<Path> beside = Files.list(parent)) {
      List<String> names =
          beside.limit(1_000).map(file -> String.valueOf(file.getFileName())).toList();
      return Spelling.nearest(last.toString(), names)
          .map(name -> "; did you mean " + name + "?")
          .orElse("");
    } catch (IOException e) {
      return "";
    }
  }

  /// A class that is in no jar would end in the JVM's own words.
  ///
  /// @param alone whether no other jar goes along that may hold it
  private static void checkMainClass(Path app, Path file, String named, boolean alone) {
    try (JarFile jar = new JarFile(file.toFile())) {
      Manifest manifest = jar.getManifest();
      String main =
          !named.isEmpty()
              ? named
              : Optional.ofNullable(manifest)
                  .map(m -> m.getMainAttributes().getValue(Attributes.Name.MAIN_CLASS))
                  .orElse("");
      if (main.isEmpty()) {
        throw new WrongInput(app + " names no main class; name one with --class");
      }
      if (alone
          && !main.startsWith("org.apache.spark.")
          && jar.getEntry(main.replace('.', '/') + ".class") == null) {
        List<String> classes =
            jar.stream()
                .limit(100_000)
                .map(entry -> entry.getName())
                .filter(entry -> entry.endsWith(".class") && !entry.contains("$"))
                .map(entry -> entry.substring(0, entry.length() - 6).replace('/', '.'))
                .toList();
        throw new WrongInput(
            "%s has no class %s%s"
                .formatted(
                    app,
                    main,
                    nearest(main, classes).map(c -> "; did you mean " + c + "?").orElse("")));
      }
    } catch (IOException e) {
      throw new WrongInput(app + " is no jar that can be read: " + e.getMessage());
    }
  }

  /// By the whole name, or by the last part of it, which is what people remember.
  private static Optional<String> nearest(String main, List<String> classes) {
    String last = main.substring(main.lastIndexOf('.') + 1);
    return classes.stream()
        .filter(name -> name.substring(name.lastIndexOf('.') + 1).equalsIgnoreCase(last))
        .findFirst()
        .or(() -> Spelling.nearest(main, classes));
  }
}
