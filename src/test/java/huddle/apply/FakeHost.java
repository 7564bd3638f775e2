package huddle.apply;

import huddle.event.Failure;
import huddle.shell.Script;
import huddle.ssh.Connection;
import huddle.ssh.Output;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/// A host whose scripts end as a test says, and whose Master's page holds what a test says.
final class FakeHost implements Connection {
  static final Output DONE = new Output(0, "", "");

  private final String name;
  private final List<Script> ran = new CopyOnWriteArrayList<>();
  private volatile Function<Script, Output> answers = script -> DONE;
  private volatile Optional<String> page = Optional.empty();

  FakeHost(String name) {
    this.name = name;
  }

  FakeHost answering(Function<Script, Output> answer) {
    answers = answer;
    return this;
  }

  /// Ends one script with exit code 1 and a last word.
  FakeHost failing(String script, String why) {
    return answering(
        run -> run.name().equals(script) ? new Output(1, "", "a warning\n" + why + "\n") : DONE);
  }

  FakeHost page(String json) {
    page = Optional.of(json);
    return this;
  }

  /// A living Master at 10.0.0.1 with one Worker for each of these addresses.
  FakeHost master(String... workers) {
    String list =
        String.join(
            ",",
            List.of(workers).stream()
                .map(address ->
                    "{\"id\":\"w-%s\",\"host\":\"%s\",\"port\":7078,\"state\":\"ALIVE\"}"
                        .formatted(address, address))
                .toList());
    return page(
        "{\"url\":\"spark://10.0.0.1:7077\",\"status\":\"ALIVE\",\"workers\":["
            + list
            + "],\"activeapps\":[]}");
  }

  List<String> ran() {
    return ran.stream().map(Script::name).toList();
  }

  List<Script> scripts() {
    return List.copyOf(ran);
  }

  @Override
  public String host() {
    return name;
  }

  @Override
  public Output run(Script script, Bytes input, Duration bound) {
    if (script.name().equals("doors")) {
      // Before every question to the Master, and no part of what is tested here.
      return DONE;
    }
    ran.add(script);
    return answers.apply(script);
  }

  @Override
  public Session start(Script script) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Channel dialSocket(String path) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Channel dial(String address, int port) {
    String body = page.orElseThrow(() -> Failure.on(name, "connection refused", ""));
    byte[] response =
        ("HTTP/1.1 200 OK\r\nContent-Type: text/json\r\n\r\n" + body)
            .getBytes(StandardCharsets.UTF_8);
    return new Channel() {
      @Override
      public InputStream in() {
        return new ByteArrayInputStream(response);
      }

      @Override
      public OutputStream out() {
        return OutputStream.nullOutputStream();
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public void close() {}
}
