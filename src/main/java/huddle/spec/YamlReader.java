package huddle.spec;

import huddle.spec.Yaml.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingEndEvent;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceEndEvent;
import org.snakeyaml.engine.v2.events.StreamEndEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// YAML text to a tree, from the parser's events: depth is bounded, aliases share what they name
/// and cannot name what holds them, nothing is constructed.
final class YamlReader {
  private static final int DEPTH_LIMIT = 20;
  private static final int VALUE_LIMIT = 50_000;
  private static final String STRING_TAG = "tag:yaml.org,2002:str";

  private final Iterator<Event> events;
  private final Problems problems;
  private final Map<Anchor, Yaml> anchors = new HashMap<>();
  private int values;

  private YamlReader(Iterator<Event> events, Problems problems) {
    this.events = events;
    this.problems = problems;
  }

  /// The one document in the bytes. Keys given twice go to the problems, the first one counts.
  static Yaml read(byte[] content, Problems problems) throws Unreadable {
    String text = YamlText.decode(content);
    LoadSettings settings =
        LoadSettings.builder().setCodePointLimit(2 * SpecReader.BYTE_LIMIT).build();
    try {
      return new YamlReader(new Parse(settings).parseString(text).iterator(), problems).document();
    } catch (YamlEngineException e) {
      throw YamlSyntax.explain(e);
    }
  }

  private Yaml document() throws Unreadable {
    events.next(); // the stream's start
    if (!(events.next() instanceof DocumentStartEvent)) {
      throw nothing();
    }
    Yaml root = value(events.next(), 0);
    if (root instanceof Yaml.Text text && text.isNull()) {
      throw nothing();
    }
    events.next(); // the document's end
    Event next = events.next();
    if (!(next instanceof StreamEndEvent)) {
      throw new Unreadable(place(next), "a second document begins here; the file holds one");
    }
    return root;
  }

  private static Unreadable nothing() {
    return new Unreadable(
        Place.START,
        "says nothing; write name, master and workers, or let `huddle init` write the file");
  }

  private Yaml value(Event event, int depth) throws Unreadable {
    Place place = place(event);
    if (depth > DEPTH_LIMIT) {
      throw new Unreadable(
          place, "is nested more than " + DEPTH_LIMIT + " deep; no key of Huddle's goes there");
    }
    if (++values > VALUE_LIMIT) {
      throw new Unreadable(place, "says too much: more than " + VALUE_LIMIT + " keys and values");
    }
    if (event instanceof AliasEvent alias) {
      Yaml named = anchors.get(alias.getAlias());
      if (named == null) {
        throw new Unreadable(
            place,
            "the alias *"
                + Problem.quoted(alias.getAlias().getValue()).replace("\"", "")
                + " names no value that ends before it; quote it if it is text");
      }
      return named;
    }
    Yaml value =
        switch (event) {
          case ScalarEvent scalar -> scalar(scalar, place);
          case MappingStartEvent start -> mapping(start, place, depth);
          case CollectionStartEvent start -> sequence(start, place, depth);
          default -> throw new Unreadable(place, "a value is missing here");
        };
    if (event instanceof NodeEvent node) {
      node.getAnchor().ifPresent(anchor -> anchors.put(anchor, value));
    }
    return value;
  }

  private static Yaml.Text scalar(ScalarEvent event, Place place) throws Unreadable {
    refuseTag(event.getTag(), place);
    return new Yaml.Text(place, event.getValue(), event.isPlain() && event.getTag().isEmpty());
  }

  private Yaml.Sequence sequence(CollectionStartEvent start, Place place, int depth)
      throws Unreadable {
    refuseTag(start.getTag(), place);
    List<Yaml> items = new ArrayList<>();
    for (Event e = events.next(); !(e instanceof SequenceEndEvent); e = events.next()) {
      items.add(value(e, depth + 1));
    }
    return new Yaml.Sequence(place, items);
  }

  private Yaml.Mapping mapping(MappingStartEvent start, Place place, int depth) throws Unreadable {
    refuseTag(start.getTag(), place);
    Map<String, Yaml.Entry> entries = new LinkedHashMap<>();
    for (Event e = events.next(); !(e instanceof MappingEndEvent); e = events.next()) {
      if (!(value(e, depth + 1) instanceof Yaml.Text key)) {
        throw new Unreadable(place(e), "a list or map stands here where a key belongs");
      }
      Yaml.Entry entry = new Yaml.Entry(key, value(events.next(), depth + 1));
      Yaml.Entry first = entries.putIfAbsent(key.value(), entry);
      if (first != null) {
        problems.add(
            place(e),
            "",
            "the key "
                + Problem.quoted(key.value())
                + " is given twice, first in line "
                + first.key().place().line()
                + "; keep one");
      }
    }
    return new Yaml.Mapping(place, List.copyOf(entries.values()));
  }

  private static void refuseTag(Optional<String> tag, Place place) throws Unreadable {
    if (tag.isPresent() && !tag.get().equals("!") && !tag.get().equals(STRING_TAG)) {
      throw new Unreadable(place, "a tag (!…) stands here; leave it out, or quote the text");
    }
  }

  static Place place(Event event) {
    return place(event.getStartMark());
  }

  static Place place(Optional<Mark> mark) {
    return mark.map(m -> new Place(m.getLine() + 1, m.getColumn() + 1)).orElse(Place.START);
  }
}
