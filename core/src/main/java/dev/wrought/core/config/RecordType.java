package dev.wrought.core.config;

import dev.wrought.core.config.ConfigNode.Mapping;
import dev.wrought.core.config.InvalidValues.Violation;
import dev.wrought.core.error.Nearest;
import dev.wrought.core.error.WroughtException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A record as a document: its components are the keys. This is the one place that looks into
 * classes; it sees records only, through their components and canonical constructor.
 *
 * <p>Decoding goes on after a problem as far as it can: a component that is wrong is replaced by
 * its default, so that the record's constructor can find what else is wrong, and a complaint about
 * something that was already reported is dropped.
 */
public final class RecordType<R extends Record> implements ValueType<R> {
  private final Class<R> type;
  private final List<Component> components;
  private final MethodHandle constructor;

  private RecordType(Class<R> type, List<Component> components, MethodHandle constructor) {
    this.type = type;
    this.components = List.copyOf(components);
    this.constructor = constructor;
  }

  static <R extends Record> RecordType<R> of(Class<R> type, ValueTypes types) {
    RecordComponent[] parts = type.getRecordComponents();
    try {
      MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(type, MethodHandles.lookup());
      List<Component> components = new ArrayList<>();
      for (RecordComponent part : parts) {
        components.add(Component.of(part, types, lookup));
      }
      Class<?>[] parameters =
          Arrays.stream(parts).map(RecordComponent::getType).toArray(Class<?>[]::new);
      return new RecordType<>(
          type, components, lookup.unreflectConstructor(type.getDeclaredConstructor(parameters)));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type.getName() + " cannot be used as settings", e);
    }
  }

  Class<R> type() {
    return type;
  }

  List<Component> components() {
    return components;
  }

  @Override
  public Optional<R> decode(ConfigNode node, Place place) {
    if (!(node instanceof Mapping mapping)) {
      String keys = String.join(", ", Component.keys(components));
      place.report(
          node.position(), "is " + node.words() + "; allowed: a mapping with the keys " + keys);
      return Optional.empty();
    }
    boolean open = components.stream().anyMatch(Component::inline);
    if (!open) {
      reportUnknownKeys(mapping, place);
    }
    List<Object> values = new ArrayList<>();
    for (Component component : components) {
      Mapping from = component.inline() ? mapping.without(Component.keys(components)) : mapping;
      component.decode(from, place).ifPresent(values::add);
    }
    return values.size() == components.size()
        ? construct(values, mapping, place)
        : Optional.empty();
  }

  private void reportUnknownKeys(Mapping mapping, Place place) {
    List<String> known = Component.keys(components);
    mapping
        .entries()
        .forEach((key, entry) -> {
          if (!known.contains(key)) {
            place.key(key).report(entry.key(), "is no known key" + Nearest.allowed(key, known));
          }
        });
  }

  private Optional<R> construct(List<Object> values, Mapping mapping, Place place) {
    try {
      return Optional.of(type.cast(call(constructor, values.toArray())));
    } catch (InvalidValues invalid) {
      List<Violation> news = invalid.violations().stream().filter(v -> isNews(v, place)).toList();
      news.forEach(v -> report(v.paths().getFirst(), v.message(), mapping, place));
    } catch (IllegalArgumentException
        | NullPointerException
        | ArithmeticException
        | WroughtException refused) {
      if (!place.problems().touch(place.path())) {
        reportRefusal(String.valueOf(refused.getMessage()), mapping, place);
      }
    }
    return Optional.empty();
  }

  private static boolean isNews(Violation violation, Place place) {
    return violation.paths().stream()
        .noneMatch(path -> place.problems().touch(place.key(path).path()));
  }

  /** A plain message of a constructor that begins with a component's name points to that one. */
  private void reportRefusal(String message, Mapping mapping, Place place) {
    String first = message.split("\\W", 2)[0];
    if (Component.keys(components).contains(first)) {
      report(first, message.substring(first.length()).strip(), mapping, place);
    } else {
      place.report(mapping.position(), message);
    }
  }

  private static void report(String path, String message, Mapping mapping, Place place) {
    place.key(path).report(locate(mapping, path), message);
  }

  /** The place of {@code model.heads} below a mapping, or of what is nearest to it. */
  private static Position locate(Mapping mapping, String path) {
    int dot = path.indexOf('.');
    Mapping.Entry entry = mapping.entries().get(dot < 0 ? path : path.substring(0, dot));
    if (entry == null) {
      return mapping.position();
    }
    return dot > 0 && entry.value() instanceof Mapping inner
        ? locate(inner, path.substring(dot + 1))
        : entry.value().position();
  }

  @Override
  public Object encode(R value) {
    return encodeRecord(value);
  }

  /** Like {@link #encode}, for a record whose type was found out at run time. */
  Map<String, Object> encodeRecord(Record value) {
    Map<String, Object> encoded = new LinkedHashMap<>();
    components.forEach(component -> component.encode(value, encoded));
    return encoded;
  }

  static Object call(MethodHandle handle, Object... arguments) {
    try {
      return handle.invokeWithArguments(arguments);
    } catch (RuntimeException | Error failure) {
      throw failure;
    } catch (Throwable checked) {
      throw new IllegalStateException(checked);
    }
  }

  @Override
  public Map<String, Object> schema() {
    List<String> required =
        components.stream().filter(Component::required).map(Component::name).toList();
    Map<String, Object> schema = Schemas.object(properties(), "required", required);
    components.stream()
        .filter(Component::inline)
        .findFirst()
        .ifPresent(inline -> Schemas.inline(schema, inline.type().schema()));
    return schema;
  }

  Map<String, Object> properties() {
    Map<String, Object> properties = new LinkedHashMap<>();
    components.stream()
        .filter(component -> !component.inline())
        .forEach(component -> properties.put(component.name(), component.schema()));
    return properties;
  }
}
