package huddle.notebook;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Predicate;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.TimeoutException;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.support.ui.WebDriverWait;

/// JupyterLab in a real headless Chromium: Debian's, with Debian's driver.
final class LabBrowser implements AutoCloseable {
  private static final Duration BOUND = Duration.ofMinutes(5);

  private final ChromeDriver driver;

  LabBrowser(Path profile) {
    ChromeOptions options = new ChromeOptions();
    options.setBinary("/usr/bin/chromium");
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--window-size=1200,760",
        "--user-data-dir=" + profile);
    driver =
        new ChromeDriver(
            new ChromeDriverService.Builder()
                .usingDriverExecutable(Path.of("/usr/bin/chromedriver").toFile())
                .usingAnyFreePort()
                .build(),
            options);
    driver.manage().timeouts().pageLoadTimeout(BOUND);
  }

  /// Opens an address of JupyterLab and waits until its kernel waits for input.
  void openNotebook(String url) {
    driver.get(url);
    await(
        "the kernel is idle",
        browser -> browser.findElement(By.id("jp-main-statusbar")).getText().contains("| Idle"));
  }

  /// Runs the notebook's first cell as a person does.
  void runFirstCell() {
    WebElement editor =
        driver.findElement(By.cssSelector(".jp-Notebook .jp-CodeCell .jp-InputArea-editor"));
    editor.click();
    new Actions(driver).keyDown(Keys.SHIFT).sendKeys(Keys.ENTER).keyUp(Keys.SHIFT).perform();
  }

  /// Waits for a text in the page's elements of this kind.
  String awaitText(String selector, String text) {
    await(
        selector + " says " + text,
        browser ->
            browser.findElements(By.cssSelector(selector)).stream()
                .anyMatch(element -> element.getText().contains(text)));
    return driver.findElements(By.cssSelector(selector)).stream()
        .map(WebElement::getText)
        .filter(found -> found.contains(text))
        .findFirst()
        .orElse("");
  }

  void open(String url) {
    driver.get(url);
  }

  String address() {
    return driver.getCurrentUrl();
  }

  String page() {
    return driver.getPageSource();
  }

  void screenshot(Path file) throws IOException {
    Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
  }

  private void await(String what, Predicate<ChromeDriver> condition) {
    try {
      new WebDriverWait(driver, BOUND)
          .withMessage(what)
          .ignoring(WebDriverException.class)
          .until(_ -> condition.test(driver));
    } catch (TimeoutException e) {
      throw new AssertionError(what + ": never; the page says\n" + body(), e);
    }
  }

  private String body() {
    return driver.findElement(By.tagName("body")).getText();
  }

  @Override
  public void close() {
    driver.quit();
  }
}
