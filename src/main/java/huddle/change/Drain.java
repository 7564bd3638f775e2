package huddle.change;

import java.time.Duration;
import java.util.List;

/// Waits at the Master until no Application runs that a change of the secret would end. Nothing
/// that runs is touched; what is submitted meanwhile has the new secret, and waits for the new
/// Master.
///
/// @param host the Master's
/// @param patience after which the run gives up
public record Drain(String host, Duration patience) implements Change {
  @Override
  public String kind() {
    return "applications";
  }

  @Override
  public Verb verb() {
    return Verb.CHANGE;
  }

  @Override
  public String summary() {
    return "no Application with the old secret, for up to %d min"
        .formatted(Math.max(1, patience.toMinutes()));
  }

  @Override
  public String reason() {
    return "they could not go on with another";
  }

  @Override
  public List<Action> actions() {
    return List.of(new Action.AwaitNoApplication(patience));
  }
}
