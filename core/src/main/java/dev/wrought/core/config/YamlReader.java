package dev.wrought.core.config;

import dev.wrought.core.config.ConfigNode.Mapping;
import dev.wrought.core.config.ConfigNode.Scalar;
import dev.wrought.core.config.ConfigNode.Sequence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads YAML, and so JSON, into a tree with places. Built from the parser's events, whose memory is
 * linear in the text; depth, size and what aliases multiply are bounded, so that no text of any
 * form can exhaust the process.
 */
public final class YamlReader {
  static final int MAX_CHARACTERS = 1 << 18;
  static final int MAX_DEPTH = 48;
  static final int MAX_NODES = 20_000;

  private final String origin;
  private final Problems problems;
  private final Iterator<Event> events;
  private final Map<Anchor, Anchored> anchors = new HashMap<>();
  private int nodes;

  /** A node that aliases may repeat, and how many nodes it counts. */
  private record Anchored(ConfigNode node, int size) {}

  private YamlReader(String text, String origin, Problems problems) {
    this.origin = origin;
    this.problems = problems;
    this.events =
        new Parse(LoadSettings.builder().setLabel(origin).build()).parseString(text).iterator();
  }

  /**
   * Reads one document.
   *
   * @param origin what the text is called in positions: a file's name
   * @param problems where a text that cannot be read, or a key written twice, is reported
   * @return empty if the text cannot be read
   */
  public static Optional<ConfigNode> read(String text, String origin, Problems problems) {
    if (text.length() > MAX_CHARACTERS) {
      problems.add(
          new Problem(
              Position.in(origin),
              "",
              "has %,d characters; allowed: %,d".formatted(text.length(), MAX_CHARACTERS)));
      return Optional.empty();
    }
    try {
      return new YamlReader(text, origin, problems).document();
    } catch (InvalidConfig unreadable) {
      unreadable.problems().forEach(problems::add);
    } catch (MarkedYamlEngineException syntax) {
      Position position =
          syntax.getProblemMark().map(mark -> at(origin, mark)).orElse(Position.in(origin));
      problems.add(new Problem(position, "", "is not YAML: " + syntax.getProblem()));
    } catch (YamlEngineException other) {
      problems.add(
          new Problem(
              Position.in(origin),
              "",
              "is not YAML: " + firstLine(String.valueOf(other.getMessage()))));
    }
    return Optional.empty();
  }

  private Optional<ConfigNode> document() {
    Optional<ConfigNode> root = Optional.empty();
    while (events.hasNext()) {
      if (events.next() instanceof DocumentStartEvent start) {
        if (root.isPresent()) {
          throw unreadable(position(start), "a second document starts here; allowed: one");
        }
        root = Optional.of(node(events.next(), Place.root(problems), 0));
      }
    }
    if (root.isEmpty()) {
      throw unreadable(Position.in(origin), "is empty");
    }
    return root;
  }

  private ConfigNode node(Event event, Place place, int depth) {
    Position position = position(event);
    if (depth > MAX_DEPTH) {
      throw unreadable(position, "is nested more than " + MAX_DEPTH + " levels deep");
    }
    int before = nodes;
    count(1, position);
    refuseTag(event, place);
    ConfigNode node =
        switch (event) {
          case ScalarEvent s -> new Scalar(s.getValue(), !s.isPlain(), position);
          case SequenceStartEvent _ -> sequence(position, place, depth);
          case MappingStartEvent _ -> mapping(position, place, depth);
          case AliasEvent alias -> repeated(alias, position);
          default -> throw unreadable(position, "is not YAML: unexpected " + event.getEventId());
        };
    if (event instanceof NodeEvent named && !(event instanceof AliasEvent)) {
      named.getAnchor().ifPresent(a -> anchors.put(a, new Anchored(node, nodes - before)));
    }
    return node;
  }

  private ConfigNode sequence(Position position, Place place, int depth) {
    List<ConfigNode> items = new ArrayList<>();
    for (Event next = events.next();
        next.getEventId() != Event.ID.SequenceEnd;
        next = events.next()) {
      items.add(node(next, place.item(items.size()), depth + 1));
    }
    return new Sequence(items, position);
  }

  private ConfigNode mapping(Position position, Place place, int depth) {
    SequencedMap<String, Mapping.Entry> entries = new LinkedHashMap<>();
    for (Event next = events.next();
        next.getEventId() != Event.ID.MappingEnd;
        next = events.next()) {
      Position keyPosition = position(next);
      if (!(node(next, place, depth + 1) instanceof Scalar key)) {
        throw unreadable(keyPosition, "a key has to be a word");
      }
      Place below = place.key(key.text());
      Mapping.Entry entry = new Mapping.Entry(keyPosition, node(events.next(), below, depth + 1));
      Mapping.Entry first = entries.putIfAbsent(key.text(), entry);
      if (first != null) {
        below.report(keyPosition, "is written twice; the first is in line " + first.key().line());
      }
    }
    return new Mapping(entries, position);
  }

  private ConfigNode repeated(AliasEvent alias, Position position) {
    Anchored anchored =
        alias
            .getAnchor()
            .map(anchors::get)
            .orElseThrow(() -> unreadable(position, "repeats an anchor that is not complete"));
    count(anchored.size(), position);
    return anchored.node();
  }

  private void refuseTag(Event event, Place place) {
    Optional<String> tag =
        switch (event) {
          case ScalarEvent s -> s.getTag();
          case SequenceStartEvent s -> s.getTag();
          case MappingStartEvent m -> m.getTag();
          default -> Optional.empty();
        };
    tag.ifPresent(t -> place.report(position(event), "has the tag " + t + "; allowed: none"));
  }

  private void count(int more, Position position) {
    nodes += more;
    if (nodes > MAX_NODES) {
      throw unreadable(
          position,
          "the document has more than %,d values, repeated ones counted each time"
              .formatted(MAX_NODES));
    }
  }

  private InvalidConfig unreadable(Position position, String message) {
    return new InvalidConfig(List.of(new Problem(position, "", message)));
  }

  private Position position(Event event) {
    return event.getStartMark().map(mark -> at(origin, mark)).orElse(Position.in(origin));
  }

  private static Position at(String origin, Mark mark) {
    return new Position(origin, mark.getLine() + 1, mark.getColumn() + 1);
  }

  private static String firstLine(String message) {
    return message.lines().findFirst().orElse("unreadable");
  }
}
