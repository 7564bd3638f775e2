package huddle.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;

/// A running script over the streams of a process that has printed its marker.
final class ScriptSession implements Connection.Session {
  private static final Duration GRACE = Duration.ofSeconds(2);

  private final Process process;
  private final Shell shell;
  private final String pid;

  ScriptSession(Process process, Shell shell, String pid) {
    this.process = process;
    this.shell = shell;
    this.pid = pid;
  }

  @Override
  public OutputStream stdin() {
    return process.getOutputStream();
  }

  @Override
  public InputStream stdout() {
    return process.getInputStream();
  }

  @Override
  public InputStream stderr() {
    return process.getErrorStream();
  }

  @Override
  public int exit() throws InterruptedException {
    return process.waitFor();
  }

  @Override
  public void close() {
    try {
      stdin().close();
    } catch (IOException e) {
      // It has ended already.
    }
    try {
      if (process.waitFor(GRACE)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    shell.end(process, pid);
  }
}
