package huddle.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TallyTest {
  @TempDir Path reports;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private void report(String name, String cases) throws Exception {
    Path file = reports.resolve("unit/TEST-" + name + ".xml");
    Files.createDirectories(file.getParent());
    Files.writeString(file, "<testsuite name=\"" + name + "\">" + cases + "</testsuite>");
  }

  private boolean print(String... options) throws Exception {
    return Tally.of(reports)
        .print(new PrintStream(out, true, StandardCharsets.UTF_8), List.of(options));
  }

  @Test
  void countsEveryTestOnceAndNamesWhatWasSkippedOrFailed() throws Exception {
    report(
        "a.One",
        """
        <testcase name="good" classname="a.One"/>
        <testcase name="printed" classname="a.One"><system-out><![CDATA[<testcase><failure/>]]></system-out></testcase>
        <testcase name="bad" classname="a.One"><failure message="m">trace</failure></testcase>
        <testcase name="worse" classname="a.One"><error/></testcase>
        """);
    report(
        "a.Two",
        """
        <testcase name="" classname="a.Two"><skipped message="Assumption failed: the host&#10;lab needs root"/></testcase>
        <testcase name="m[8]" classname="a.Two"><skipped type="org.opentest4j.TestAbortedException"><![CDATA[org.opentest4j.TestAbortedException: Assumption failed: no zsh
        	at a.Two.m(Two.java:59)]]></skipped></testcase>
        <testcase name="quiet" classname="a.Two"><skipped/></testcase>
        """);
    assertThat(print()).isFalse();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            """
            Skipped:
              a.Two: the host lab needs root
              a.Two.m[8]: no zsh
              a.Two.quiet: no reason given
            Failed:
              a.One.bad
              a.One.worse
            2 passed, 2 failed, 3 skipped
            """);
  }

  @Test
  void aSkippedTestFailsOnlyWhereNothingMayBeSkipped() throws Exception {
    report("a.One", "<testcase name='good' classname='a.One'/>");
    report("a.Two", "<testcase name='x' classname='a.Two'><skipped message='no fish'/></testcase>");
    assertThat(print()).isTrue();
    assertThat(print("--no-skip")).isFalse();
  }

  @Test
  void aRunThatBrokeOrRanNothingIsNoSuccess() throws Exception {
    assertThat(print()).isFalse();
    report("a.One", "<testcase name='good' classname='a.One'/>");
    assertThat(print()).isTrue();
    assertThat(print("--broken=lab")).isFalse();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("Not one test was run.\n0 passed, 0 failed, 0 skipped\n")
        .contains("No single test failed, but the run did: lab");
  }
}
