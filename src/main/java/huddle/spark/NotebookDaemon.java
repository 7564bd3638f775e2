package huddle.spark;

import huddle.spec.Role;
import java.util.List;
import java.util.Map;

/// JupyterLab: on a socket that only the login opens, with a token.
record NotebookDaemon() implements Daemon {
  private static final String TOKEN = "conf/notebook.token";

  @Override
  public Role role() {
    return Role.NOTEBOOK;
  }

  @Override
  public String summary(HostSettings settings) {
    return "JupyterLab";
  }

  @Override
  public List<Listen> listens(HostSettings settings) {
    return List.of();
  }

  @Override
  public boolean listensNowhereElse() {
    return false;
  }

  @Override
  public DaemonCommand command(HostSettings settings) {
    return new DaemonCommand(
        List.of(
            settings.services().notebookPython().orElse(settings.path("bin/huddle-python")),
            "-m",
            "jupyterlab",
            "--no-browser",
            "--ServerApp.sock=" + settings.path("run/notebook.sock"),
            "--ServerApp.sock_mode=0600"),
        Map.of("JUPYTER_TOKEN_FILE", settings.path(TOKEN)),
        "notebook");
  }

  @Override
  public List<ConfFile> files(HostSettings settings) {
    return List.of(new ConfFile(TOKEN, ConfFile.token(role()) + "\n", "600"));
  }

  @Override
  public boolean reads(String key) {
    return false;
  }
}
