package huddle.launch;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/// What `./check` ends with: every skipped and failed test by name, and the counts, from the
/// reports that the test runs left.
///
/// @param passed how many tests
/// @param failed one line for each, without its reason, which was shown when it happened
/// @param skipped one line for each, with its reason
record Tally(int passed, List<String> failed, List<String> skipped) {
  Tally {
    failed = List.copyOf(failed);
    skipped = List.copyOf(skipped);
  }

  /// Arguments: the folder of the reports, then `--no-skip` where a skipped test is a failure, and
  /// `--broken=WHERE` where a run failed as a whole.
  public static void main(String[] arguments) throws IOException {
    List<String> options = List.of(arguments).subList(1, arguments.length);
    Tally tally = of(Path.of(arguments[0]));
    if (!tally.print(System.out, options)) {
      System.exit(1);
    }
  }

  /// Reads every report below a folder.
  static Tally of(Path folder) throws IOException {
    int passed = 0;
    List<String> failed = new ArrayList<>();
    List<String> skipped = new ArrayList<>();
    for (Element test : tests(folder)) {
      String name = name(test);
      if (has(test, "failure") || has(test, "error")) {
        failed.add(name);
      } else if (has(test, "skipped")) {
        skipped.add(name + ": " + reason(test));
      } else {
        passed++;
      }
    }
    return new Tally(passed, failed, skipped);
  }

  /// Prints the names, then the counts alone on the last line; whether all is well.
  boolean print(PrintStream out, List<String> options) {
    list(out, "Skipped:", skipped);
    list(out, "Failed:", failed);
    boolean good = failed.isEmpty();
    if (passed + failed.size() == 0) {
      out.println("Not one test was run.");
      good = false;
    }
    if (options.contains("--no-skip") && !skipped.isEmpty()) {
      out.println("Nothing may be skipped here (--no-skip).");
      good = false;
    }
    for (String option : options) {
      if (option.startsWith("--broken=")) {
        String where = option.substring("--broken=".length());
        if (failed.isEmpty()) {
          out.println(
              "No single test failed, but the run did: " + where + "; see its output above.");
        }
        good = false;
      }
    }
    out.println(passed + " passed, " + failed.size() + " failed, " + skipped.size() + " skipped");
    return good;
  }

  private static void list(PrintStream out, String title, List<String> lines) {
    if (!lines.isEmpty()) {
      out.println(title);
      lines.forEach(line -> out.println("  " + line));
    }
  }

  private static List<Element> tests(Path folder) throws IOException {
    List<Path> reports;
    try (Stream<Path> below = Files.walk(folder)) {
      reports =
          below.filter(p -> p.getFileName().toString().matches("TEST-.*\\.xml")).sorted().toList();
    }
    List<Element> tests = new ArrayList<>();
    for (Path report : reports) {
      try {
        NodeList found =
            DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(report.toFile())
                .getElementsByTagName("testcase");
        for (int i = 0; i < found.getLength(); i++) {
          tests.add((Element) found.item(i));
        }
      } catch (ParserConfigurationException | SAXException e) {
        throw new IOException(report + " is no report of tests", e);
      }
    }
    return tests;
  }

  private static String name(Element test) {
    String method = test.getAttribute("name");
    String type = test.getAttribute("classname");
    // A class that is skipped as a whole has no method's name.
    return method.isEmpty() || method.equals(type) ? type : type + "." + method;
  }

  private static boolean has(Element test, String child) {
    for (Node node = test.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node.getNodeName().equals(child)) {
        return true;
      }
    }
    return false;
  }

  private static String reason(Element test) {
    Element skipped = (Element) test.getElementsByTagName("skipped").item(0);
    String message = skipped.getAttribute("message");
    if (message.isBlank()) {
      // An assumption comes as a stack trace under its message.
      message = skipped.getTextContent().lines().findFirst().orElse("");
    }
    // Without JUnit's own words around the reason that the test gave.
    String reason =
        message
            .replaceFirst("^org\\.opentest4j\\.TestAbortedException:? *", "")
            .replaceFirst("^Assumption failed: ", "")
            .replaceAll("\\s+", " ")
            .strip();
    return reason.isEmpty() ? "no reason given" : reason;
  }
}
