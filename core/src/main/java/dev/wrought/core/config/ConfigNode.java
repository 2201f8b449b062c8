package dev.wrought.core.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/** A document as a tree whose every part knows its place. Immutable. */
public sealed interface ConfigNode {
  Position position();

  /**
   * The same without places, for comparison and writing: Map, List, String, Long, Double, Boolean,
   * or an empty Optional for null.
   */
  Object value();

  /** What it is, in the words of a complaint: {@code the text "6"}, {@code a list}. */
  String words();

  /**
   * One word or number.
   *
   * @param quoted whether it was written in quotes or as a block, and so is a text whatever it says
   */
  record Scalar(String text, boolean quoted, Position position) implements ConfigNode {
    @Override
    public Object value() {
      return quoted ? text : PlainScalar.value(text);
    }

    boolean isNull() {
      return value() instanceof Optional<?>;
    }

    @Override
    public String words() {
      return switch (value()) {
        case String s -> "the text \"" + (s.length() > 80 ? s.substring(0, 80) + "..." : s) + "\"";
        case Optional<?> _ -> "empty";
        default -> text;
      };
    }
  }

  /** A list. */
  record Sequence(List<ConfigNode> items, Position position) implements ConfigNode {
    public Sequence {
      items = List.copyOf(items);
    }

    @Override
    public Object value() {
      return items.stream().map(ConfigNode::value).toList();
    }

    @Override
    public String words() {
      return "a list";
    }
  }

  /** Keys with values, in the order in which they were written. */
  record Mapping(SequencedMap<String, Entry> entries, Position position) implements ConfigNode {
    /** A value and the place of its key. */
    public record Entry(Position key, ConfigNode value) {}

    public Mapping {
      entries = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(entries));
    }

    @Override
    public Object value() {
      Map<String, Object> values = new LinkedHashMap<>();
      entries.forEach((key, entry) -> values.put(key, entry.value().value()));
      return values;
    }

    @Override
    public String words() {
      return "a mapping";
    }

    /** This mapping without some of its keys. */
    Mapping without(Collection<String> keys) {
      SequencedMap<String, Entry> rest = new LinkedHashMap<>(entries);
      rest.keySet().removeAll(keys);
      return new Mapping(rest, position);
    }
  }

  /** The inverse of {@link #value}, for values that a program made. */
  static ConfigNode of(Object value, Position position) {
    return switch (value) {
      case Map<?, ?> map -> {
        SequencedMap<String, Mapping.Entry> entries = new LinkedHashMap<>();
        map.forEach(
            (k, v) -> entries.put(String.valueOf(k), new Mapping.Entry(position, of(v, position))));
        yield new Mapping(entries, position);
      }
      case Iterable<?> items -> {
        List<ConfigNode> nodes = new ArrayList<>();
        items.forEach(item -> nodes.add(of(item, position)));
        yield new Sequence(nodes, position);
      }
      case Optional<?> _ -> new Scalar("", false, position);
      case Number number -> new Scalar(number.toString(), false, position);
      case Boolean flag -> new Scalar(flag.toString(), false, position);
      default -> new Scalar(value.toString(), true, position);
    };
  }
}
