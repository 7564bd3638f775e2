package huddle.spec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

final class SpecSchemaTest {
  private static final Path FILE = Path.of("schema/huddle.schema.json");

  /// Cases that are about several values together, which the schema does not say.
  private static final Set<String> ONLY_THE_READER_SEES =
      Set.of(
          "a Master of several hosts",
          "a worker twice",
          "ports that meet a default",
          "a key twice");

  private static final Schema SCHEMA =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7).getSchema(SpecSchema.json());

  @Test
  void isCurrent() throws IOException {
    if (Boolean.getBoolean("huddle.update")) {
      Files.createDirectories(FILE.getParent());
      Files.writeString(FILE, SpecSchema.json());
    }
    assertThat(Files.readString(FILE))
        .as("write it anew: mvn test -Dtest=SpecSchemaTest -Dhuddle.update=true")
        .isEqualTo(SpecSchema.json());
  }

  @Test
  void isInTheJar() throws IOException {
    try (InputStream in = SpecSchema.class.getResourceAsStream("huddle.schema.json")) {
      assertThat(in).isNotNull();
      assertThat(new String(in.readAllBytes(), UTF_8)).contains("draft-07");
    }
  }

  @TestFactory
  Stream<DynamicTest> agreesWithTheReader() {
    return Cases.all().stream()
        .filter(c -> isYaml(c.yaml()) && !ONLY_THE_READER_SEES.contains(c.title()))
        .map(c ->
            DynamicTest.dynamicTest(
                c.title(),
                () ->
                    assertThat(SCHEMA.validate(c.yaml(), InputFormat.YAML).isEmpty())
                        .isEqualTo(c.problems().isEmpty())));
  }

  @Test
  void acceptsWhatInitWrites() {
    String text = InitFileTest.FILE.text();
    assertThat(SCHEMA.validate(text, InputFormat.YAML)).isEmpty();
    assertThat(SCHEMA.validate(InitFileTest.uncommented(text), InputFormat.YAML)).isEmpty();
  }

  private static boolean isYaml(String yaml) {
    try {
      return YamlReader.read(yaml.getBytes(UTF_8), new Problems("")) != null;
    } catch (Unreadable e) {
      return false;
    }
  }
}
