package huddle.notebook;

import huddle.cluster.Chromium;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/// JupyterLab in a real browser.
record LabBrowser(Chromium chromium) implements AutoCloseable {
  private static final Duration BOUND = Duration.ofMinutes(5);
  private static final String RUN = "[data-command='notebook:run-cell-and-select-next']";

  static LabBrowser start(Path folder) throws Exception {
    return new LabBrowser(Chromium.start(Files.createDirectories(folder)));
  }

  /// Opens a notebook and waits until its kernel waits for input.
  void openNotebook(String url) throws Exception {
    chromium.open(url);
    awaitText("#jp-main-statusbar", "| Idle");
  }

  /// Runs the notebook's first cell by the button, which acts when it is pressed, not when it is
  /// let go.
  void runFirstCell() throws Exception {
    chromium.script(
        "document.querySelector(\"%s\").dispatchEvent(new MouseEvent('mousedown', {bubbles: true}))"
            .formatted(RUN));
  }

  /// Waits for a text in one of the page's elements of this kind.
  void awaitText(String selector, String text) throws Exception {
    String ask =
        "return [...document.querySelectorAll(\"%s\")].some(e => e.innerText.includes(\"%s\"))"
            .formatted(selector, text);
    long deadline = System.nanoTime() + BOUND.toNanos();
    while (!Boolean.TRUE.equals(chromium.script(ask))) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError(
            "no %s at %s that says %s:%n%s"
                .formatted(selector, chromium.url(), text, chromium.text()));
      }
      Thread.sleep(100);
    }
  }

  void open(String url) throws Exception {
    chromium.open(url);
  }

  String address() throws Exception {
    return chromium.url();
  }

  void screenshot(Path file) throws Exception {
    Files.write(file, chromium.screenshot());
  }

  @Override
  public void close() throws IOException {
    chromium.close();
  }
}
