package huddle.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every reader of hostile input takes all inputs that once broke it, and a bounded number of new
/// ones.
@Tag("fuzz")
class FuzzTest {
  private static final Pattern EXECUTED =
      Pattern.compile("stat::number_of_executed_units: ([0-9]+)");

  @TempDir Path found;

  @ParameterizedTest
  @EnumSource(Fuzz.Target.class)
  void takesAnyInput(Fuzz.Target target) throws Exception {
    Fuzz.Ended ended = Fuzz.bounded(target, found, 5);
    assertThat(ended.exit()).as("%s", ended.output()).isZero();
    Matcher executed = EXECUTED.matcher(ended.output());
    assertThat(executed.find()).as("%s", ended.output()).isTrue();
    assertThat(Integer.parseInt(executed.group(1))).isGreaterThanOrEqualTo(target.runs());
  }
}
