package huddle.change;

import huddle.event.Count;
import huddle.spark.ConfFile;
import java.util.List;

/// Writes the conf files that are missing or differ.
public record WriteConf(String host, String root, List<ConfFile> files, Verb verb, String reason)
    implements Change {
  public WriteConf {
    files = List.copyOf(files);
  }

  @Override
  public String kind() {
    return "conf";
  }

  @Override
  public String summary() {
    return "conf and secret, " + Count.of(files.size(), "file");
  }

  @Override
  public List<Action> actions() {
    return List.of(new Action.WriteFiles(root, files));
  }
}
