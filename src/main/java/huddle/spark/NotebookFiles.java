package huddle.spark;

import huddle.shell.Script;
import huddle.shell.ShellWord;
import huddle.spec.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What JupyterLab and its kernels read, below `conf/notebook`; and the program that starts them.
final class NotebookFiles {
  private static final String FOLDER = "conf/notebook/";
  private static final List<String> PROGRAMS =
      List.of(
          "ask_notebooks.py",
          "huddle_connect.py",
          "huddle_kernel.py",
          "huddle_monitor.py",
          "huddle_server.py",
          "huddle_spark.py",
          "jupyter_server_config.py",
          "run_notebook.py",
          "start_connect.py",
          "start_spark.py");

  private NotebookFiles() {}

  static List<ConfFile> of(HostSettings settings, NotebookPlace place) {
    List<ConfFile> files = new ArrayList<>();
    files.add(new ConfFile(NotebookDaemon.PROGRAM, program(settings, place), "700"));
    PROGRAMS.forEach(name -> files.add(file(name, text(name))));
    files.add(
        file("labconfig/default_setting_overrides.json", text("default_setting_overrides.json")));
    files.add(file("kernels/spark/kernel.json", text("kernel-spark.json")));
    files.add(file("kernel.conf", share(settings)));
    if (Daemon.of(Role.CONNECT).lack(settings.spark()).isEmpty()) {
      files.add(file("kernels/spark-connect/kernel.json", text("kernel-connect.json")));
      files.add(file("connect.token", ConfFile.token(Role.CONNECT) + "\n"));
    }
    return files;
  }

  private static ConfFile file(String name, String text) {
    return new ConfFile(FOLDER + name, text, "600");
  }

  private static String text(String resource) {
    return Script.text(NotebookFiles.class, "/huddle/notebook/" + resource);
  }

  private static String program(HostSettings settings, NotebookPlace place) {
    StringBuilder text = new StringBuilder("#!/bin/sh\n");
    Map<String, String> values = new TreeMap<>();
    values.put("ROOT", settings.root());
    values.put("SPARK_HOME", settings.sparkHome());
    values.put("PYTHON", place.python());
    values.put("EXECUTORS", ConfText.properties(settings).getOrDefault("spark.pyspark.python", ""));
    values.put("CONNECT_PORT", Integer.toString(settings.ports().connect()));
    values.forEach(
        (name, value) -> text.append(name).append('=').append(ShellWord.quote(value)).append('\n'));
    return text.append(text("huddle-notebook.sh")).toString();
  }

  /// The share of the cluster that each kernel gets. A kernel reads it when it starts, so that
  /// another size of the cluster restarts nothing.
  private static String share(HostSettings settings) {
    Map<String, String> keys =
        new TreeMap<>(settings.services().share(Role.NOTEBOOK, settings.conf()));
    keys.put(
        "spark.driver.defaultJavaOptions",
        "-Djava.io.tmpdir='%s' -XX:-UsePerfData".formatted(settings.path("tmp")));
    StringBuilder text = new StringBuilder("# Written by huddle; `huddle up` overwrites it.\n");
    keys.forEach((key, value) -> text.append(key).append(' ').append(value).append('\n'));
    return text.toString();
  }
}
