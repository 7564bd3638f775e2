package huddle.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.jr.ob.JSON;
import huddle.event.Failure;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// JSON from a host, a file or the network: hostile until read. Bounded in size (16 million
/// characters) and depth (64); a key given twice, text after the end and numbers of absurd length
/// are damage.
///
/// @param host that it came from; empty where no host is involved
/// @param what names it in failures, for example `the Master's /json/`
/// @param text as it came
public record JsonText(String host, String what, String text) {
  private static final int MAX_CHARACTERS = 16 << 20;
  private static final int MAX_DEPTH = 64;

  /// The object that the text is, with its keys in order: values are Map, List, String, Number,
  /// Boolean or null.
  ///
  /// @throws Failure if it is no JSON, another kind of value, or too large
  public Map<String, @Nullable Object> object() {
    if (read() instanceof Map<?, ?> map) {
      @SuppressWarnings("unchecked") // JSON has no other keys than text
      Map<String, @Nullable Object> object = (Map<String, @Nullable Object>) map;
      return object;
    }
    throw damaged("an object is expected");
  }

  /// The list that the text is.
  ///
  /// @throws Failure if it is no JSON, another kind of value, or too large
  public List<?> list() {
    if (read() instanceof List<?> list) {
      return list;
    }
    throw damaged("a list is expected");
  }

  private Object read() {
    if (text.length() > MAX_CHARACTERS) {
      throw damaged("it has " + text.length() + " characters, too many");
    }
    try (JsonParser parser = factory().createParser(text)) {
      Object value = JSON.std.anyFrom(parser);
      if (parser.nextToken() != null) {
        throw damaged("more text follows its end");
      }
      return value == null ? "" : value;
    } catch (JsonProcessingException e) {
      // getOriginalMessage leaves out the place, which would quote the text again.
      throw damaged(
          "line "
              + (e.getLocation() == null ? 1 : e.getLocation().getLineNr())
              + ": "
              + e.getOriginalMessage());
    } catch (IOException e) {
      throw damaged(String.valueOf(e.getMessage()));
    }
  }

  private Failure damaged(String why) {
    String start = text.length() <= 2_000 ? text : text.substring(0, 2_000);
    return new Failure(host, what + " is not the JSON expected: " + why, "", start);
  }

  private static JsonFactory factory() {
    return JsonFactory.builder()
        .streamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(MAX_DEPTH)
                .maxStringLength(MAX_CHARACTERS)
                .build())
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .build();
  }
}
