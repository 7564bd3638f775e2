package huddle.notebook;

import com.fasterxml.jackson.jr.ob.JSON;
import huddle.cluster.Operator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A real Jupyter client on the operator's machine: nbclient, that reaches kernels by a URL.
///
/// @param packages folder that it is installed in
/// @param folder of notebooks
record JupyterClient(Path packages, Path folder) {
  private static final List<String> NEEDS =
      List.of("nbclient", "nbformat", "jupyter_kernel_client>=1.0", "requests");
  private static final long BOUND_SECONDS = 900;

  /// Installs it, unless an earlier test has.
  static JupyterClient in(Path folder) throws IOException, InterruptedException {
    Path packages = Operator.cache().resolve("jupyter-client");
    Path whole = packages.resolve("whole");
    if (!Files.exists(whole)) {
      List<String> pip =
          new ArrayList<>(
              List.of("python3", "-m", "pip", "install", "-q", "--upgrade", "--target"));
      pip.add(packages.toString());
      pip.addAll(NEEDS);
      run(folder, new ProcessBuilder(pip));
      Files.createFile(whole);
    }
    Files.writeString(folder.resolve("client.py"), text("client.py"));
    return new JupyterClient(packages, folder);
  }

  private static String text(String resource) throws IOException {
    try (var in = JupyterClient.class.getResourceAsStream(resource)) {
      return new String(
          java.util.Objects.requireNonNull(in, resource).readAllBytes(),
          java.nio.charset.StandardCharsets.UTF_8);
    }
  }

  /// Writes a notebook of these code cells.
  Path write(String name, String... cells) throws IOException {
    List<Map<String, Object>> all = new ArrayList<>();
    for (String cell : cells) {
      all.add(
          Map.of(
              "cell_type",
              "code",
              "id",
              "cell" + all.size(),
              "metadata",
              Map.of(),
              "outputs",
              List.of(),
              "source",
              cell));
    }
    Map<String, String> kernel =
        Map.of("name", "spark", "display_name", "Spark", "language", "python");
    Map<String, Object> metadata = Map.of("kernelspec", kernel);
    Map<String, Object> notebook =
        Map.of("nbformat", 4, "nbformat_minor", 5, "metadata", metadata, "cells", all);
    String json =
        JSON.std
            .asString(notebook)
            .replace("\"outputs\":", "\"execution_count\":null,\"outputs\":");
    return Files.writeString(folder.resolve(name), json);
  }

  /// Executes a notebook in a new kernel; the notebook with its outputs, as text.
  ///
  /// @param url `http://localhost:…`
  /// @param keep whether the kernel goes on afterwards
  String execute(String url, String token, String kernel, Path notebook, boolean keep)
      throws IOException, InterruptedException {
    Path outputs = folder.resolve("done-" + notebook.getFileName());
    List<String> command =
        new ArrayList<>(List.of("python3", folder.resolve("client.py").toString()));
    command.addAll(List.of(url, token, kernel, notebook.toString(), outputs.toString()));
    if (keep) {
      command.add("keep");
    }
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("PYTHONPATH", packages.toString());
    run(folder, builder);
    return Files.readString(outputs);
  }

  private static void run(Path folder, ProcessBuilder builder)
      throws IOException, InterruptedException {
    Path log = Files.createTempFile(folder, "client", ".log");
    Process process =
        builder
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    process.getOutputStream().close();
    if (!process.waitFor(BOUND_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("did not end: " + builder.command() + "\n" + Files.readString(log));
    }
    if (process.exitValue() != 0) {
      throw new AssertionError(builder.command() + " failed:\n" + Files.readString(log));
    }
  }
}
