package huddle.spark;

import huddle.spec.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// JupyterLab: on a socket that only the login opens, with a token.
record NotebookDaemon() implements Daemon {
  /// Runs the notebook's Python; JupyterLab, if it is told so.
  static final String PROGRAM = "bin/huddle-notebook";

  private static final String TOKEN = "conf/notebook.token";

  @Override
  public Role role() {
    return Role.NOTEBOOK;
  }

  @Override
  public String summary(HostSettings settings) {
    return settings
        .services()
        .notebook()
        .map(place -> "JupyterLab with notebooks in " + place.folder())
        .orElse("JupyterLab");
  }

  @Override
  public List<Listen> listens(HostSettings settings) {
    return List.of();
  }

  @Override
  public Optional<String> socket() {
    return Optional.of("run/notebook.sock");
  }

  @Override
  public List<String> folders(HostSettings settings) {
    return settings.services().notebook().map(NotebookPlace::folder).stream().toList();
  }

  @Override
  public boolean listensNowhereElse() {
    return false;
  }

  @Override
  public DaemonCommand command(HostSettings settings) {
    List<String> words =
        new ArrayList<>(
            List.of(
                settings.path(PROGRAM),
                "-m",
                "jupyterlab",
                "--no-browser",
                "--ServerApp.sock=" + settings.path("run/notebook.sock"),
                "--ServerApp.sock_mode=0600"));
    settings
        .services()
        .notebook()
        .ifPresent(place -> words.add("--ServerApp.root_dir=" + place.folder()));
    return new DaemonCommand(words, Map.of(), "notebook");
  }

  @Override
  public List<ConfFile> files(HostSettings settings) {
    List<ConfFile> files = new ArrayList<>();
    files.add(new ConfFile(TOKEN, ConfFile.token(role()) + "\n", "600"));
    settings
        .services()
        .notebook()
        .ifPresent(place -> files.addAll(NotebookFiles.of(settings, place)));
    return files;
  }

  @Override
  public boolean reads(String key) {
    return false;
  }
}
