package huddle.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import huddle.event.Failure;
import huddle.shell.Script;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What every connection does, whatever it runs over.
abstract class ConnectionContract {
  static final Duration BOUND = Duration.ofSeconds(30);
  private static final int MIB = 1 << 20;

  @TempDir Path temporary;

  abstract Connection connection() throws Exception;

  static Script script(String text) {
    return new Script("probe", text, Map.of());
  }

  @Test
  void passesOnExitCodeAndBothStreams() throws Exception {
    Output output = connection().run(script("echo out; echo err >&2; exit 7"), BOUND);
    assertThat(output).isEqualTo(new Output(7, "out\n", "err\n"));
  }

  @Test
  void aScriptMayEndWith255() throws Exception {
    assertThat(connection().run(script("exit 255"), BOUND).exit()).isEqualTo(255);
  }

  @Test
  void valuesAndTextMayHoldAnything() throws Exception {
    String value = "a'b\"c\\n$HOME `id` !! \n\t☃ end\n\n";
    Output output =
        connection()
            .run(new Script("probe", "printf '%s|' \"$v\" # ☃ '", Map.of("v", value)), BOUND);
    assertThat(output.stdout()).isEqualTo(value + "|");
    assertThat(output.stderr()).isEmpty();
  }

  @Test
  void aLongScriptArrivesWholeAndLeavesItsInputAlone() throws Exception {
    String text = "# " + "x".repeat(200_000) + "\ncat";
    Output output =
        connection()
            .run(script(text), out -> out.write("in\nput".getBytes(StandardCharsets.UTF_8)), BOUND);
    assertThat(output.stdout()).isEqualTo("in\nput");
  }

  @Test
  void runsPrivateAndInPlainLocale() throws Exception {
    assertThat(connection().run(script("umask; echo $LC_ALL; echo $-"), BOUND).stdout())
        .startsWith("0077\nC\n");
  }

  @Test
  void sendsManyBytes() throws Exception {
    byte[] chunk = new byte[MIB];
    Output output =
        connection()
            .run(
                script("wc -c"),
                out -> {
                  for (int i = 0; i < 50; i++) {
                    out.write(chunk);
                  }
                },
                BOUND);
    assertThat(output.stdout().strip()).isEqualTo("" + 50 * MIB);
  }

  @Test
  void aScriptNeedNotReadItsInput() throws Exception {
    Output output = connection().run(script("exit 3"), out -> out.write(new byte[4 * MIB]), BOUND);
    assertThat(output.exit()).isEqualTo(3);
  }

  @Test
  void keepsUpTo16MiBAndRefusesMore() throws Exception {
    Connection connection = connection();
    assertThat(connection.run(script("head -c 16777216 /dev/zero"), BOUND).stdout())
        .hasSize(16 * MIB);
    assertThatThrownBy(() -> connection.run(script("head -c 99999999 /dev/zero"), BOUND))
        .isInstanceOf(Failure.class)
        .hasMessage("probe printed more than 16 MiB, and was given up");
    assertThatThrownBy(() -> connection.run(script("head -c 9999999 /dev/zero >&2"), BOUND))
        .hasMessage("probe printed more than 1 MiB, and was given up");
  }

  @Test
  void givesUpAtTheBoundAndEndsTheScriptThere() throws Exception {
    Path alive = temporary.resolve("alive");
    Script script =
        script("echo $$ >\"$file\"; sleep 600; echo not reached").with("file", alive.toString());
    Failure failure =
        catchThrowableOfType(Failure.class, () -> connection().run(script, Duration.ofMillis(700)));
    assertThat(failure.what()).isEqualTo("probe did not end within 700 ms");
    assertThat(failure.host()).contains(connection().host());
    assertThat(processes(Files.readString(alive).strip())).isEmpty();
  }

  @Test
  void anInterruptEndsTheScript() throws Exception {
    Path alive = temporary.resolve("alive");
    Connection connection = connection();
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    AtomicReference<Boolean> flag = new AtomicReference<>();
    Script script =
        script("echo $$ >\"$file.new\"; mv \"$file.new\" \"$file\"; sleep 600")
            .with("file", alive.toString());
    Thread thread =
        Thread.ofVirtual()
            .start(() -> {
              try {
                connection.run(script, BOUND);
              } catch (Failure e) {
                flag.set(Thread.currentThread().isInterrupted());
                thrown.set(e);
              }
            });
    while (!Files.exists(alive)) {
      Thread.sleep(10);
    }
    thread.interrupt();
    assertThat(thread.join(BOUND)).isTrue();
    assertThat(thrown.get()).hasMessage("it was interrupted");
    assertThat(flag.get()).isTrue();
    assertThat(processes(Files.readString(alive).strip())).isEmpty();
  }

  /// The sleep that the script with this process id started, if it is still there.
  private static List<ProcessHandle> processes(String pid) {
    return ProcessHandle.of(Long.parseLong(pid)).stream().filter(ProcessHandle::isAlive).toList();
  }

  @Test
  void inputThatCannotBeReadIsAFailure() throws Exception {
    assertThatThrownBy(() ->
            connection()
                .run(
                    script("cat >/dev/null; exit 0"),
                    out -> {
                      throw new IOException("disk gone");
                    },
                    BOUND))
        .isInstanceOf(Failure.class)
        .hasMessage("what probe sends cannot be read: disk gone");
  }

  @Test
  void runsSideBySide() throws Exception {
    Connection connection = connection();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<String>> all =
          threads.invokeAll(
              java.util.stream.IntStream.range(0, 6)
                  .mapToObj(i ->
                      (java.util.concurrent.Callable<String>)
                          () -> connection.run(script("echo " + i), BOUND).stdout())
                  .toList());
      for (int i = 0; i < 6; i++) {
        assertThat(all.get(i).get()).isEqualTo(i + "\n");
      }
    }
  }

  @Test
  void aSessionIsLiveAndEndsWithItsInput() throws Exception {
    try (Connection.Session session =
        connection()
            .start(
                script(
                    "echo ready; while read -r l; do echo \"got $l\"; done; echo e >&2; exit 9"))) {
      BufferedReader out =
          new BufferedReader(new InputStreamReader(session.stdout(), StandardCharsets.UTF_8));
      assertThat(out.readLine()).isEqualTo("ready");
      OutputStream in = session.stdin();
      in.write("one\n".getBytes(StandardCharsets.UTF_8));
      in.flush();
      assertThat(out.readLine()).isEqualTo("got one");
      in.close();
      assertThat(out.readLine()).isNull();
      assertThat(new String(session.stderr().readAllBytes(), StandardCharsets.UTF_8))
          .isEqualTo("e\n");
      assertThat(session.exit()).isEqualTo(9);
    }
  }

  @Test
  void closingASessionEndsAScriptThatDoesNotListen() throws Exception {
    Path alive = temporary.resolve("alive");
    try (Connection.Session session =
        connection()
            .start(script("echo $$ >\"$file\"; echo; sleep 600").with("file", alive.toString()))) {
      assertThat(session.stdout().read()).isEqualTo('\n');
    }
    assertThat(processes(Files.readString(alive).strip())).isEmpty();
  }

  @Test
  void dials() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual()
          .start(() -> {
            try (Socket socket = server.accept()) {
              int b = socket.getInputStream().read();
              socket.getOutputStream().write(b + 1);
            } catch (IOException e) {
              throw new java.io.UncheckedIOException(e);
            }
          });
      try (Connection.Channel channel = connection().dial("127.0.0.1", server.getLocalPort())) {
        channel.out().write('a');
        channel.out().flush();
        assertThat(channel.in().read()).isEqualTo('b');
        assertThat(channel.in().read()).isEqualTo(-1);
      }
    }
  }

  @Test
  void aRefusedDialSaysSo() throws Exception {
    int free;
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = server.getLocalPort();
    }
    assertThatThrownBy(
            () -> {
              try (Connection.Channel channel = connection().dial("127.0.0.1", free)) {
                channel.in().read();
              }
            })
        .hasMessageContaining("127.0.0.1:" + free + " cannot be reached from there: ");
  }

  @Test
  void theOtherSideHearsTheEndOfWhatIsSent() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual()
          .start(() -> {
            try (Socket socket = server.accept()) {
              int count = socket.getInputStream().readAllBytes().length;
              socket.getOutputStream().write(("" + count).getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
              throw new java.io.UncheckedIOException(e);
            }
          });
      try (Connection.Channel channel = connection().dial("127.0.0.1", server.getLocalPort())) {
        channel.out().write(new byte[3 * MIB]);
        channel.out().close();
        assertThat(new String(channel.in().readAllBytes(), StandardCharsets.UTF_8))
            .isEqualTo("" + 3 * MIB);
      }
    }
  }

  @Test
  void dialsASocketManyTimes() throws Exception {
    Path path = temporary.resolve("a socket");
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(path));
      Thread.ofVirtual()
          .start(() -> {
            try {
              while (true) {
                try (SocketChannel socket = server.accept()) {
                  ByteBuffer one = ByteBuffer.allocate(1);
                  socket.read(one);
                  one.put(0, (byte) (one.get(0) + 1)).flip();
                  socket.write(one);
                }
              }
            } catch (IOException e) {
              // Closed: the test is over.
            }
          });
      Connection connection = connection();
      for (int b = 'a'; b < 'k'; b++) {
        try (Connection.Channel channel = connection.dialSocket(path.toString())) {
          channel.out().write(b);
          assertThat(channel.in().read()).isEqualTo(b + 1);
          assertThat(channel.in().read()).isEqualTo(-1);
        }
      }
      connection.close();
    }
  }

  @Test
  void aSocketThatIsNotThereSaysSo() throws Exception {
    Path path = temporary.resolve("none");
    assertThatThrownBy(
            () -> {
              try (Connection.Channel channel = connection().dialSocket(path.toString())) {
                channel.in().read();
              }
            })
        .hasMessageContaining("the socket " + path + " cannot be reached there: ");
  }
}
