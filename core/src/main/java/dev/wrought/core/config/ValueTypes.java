package dev.wrought.core.config;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * The value type of each Java type that a component may have: int, long, double, boolean, String,
 * Duration, enums, records, sealed interfaces of records, List, Map and Optional of them, and
 * ConfigNode for what somebody else decodes. Immutable.
 */
public final class ValueTypes {
  /** Without types of a document's own. */
  public static final ValueTypes PLAIN = new ValueTypes(Map.of());

  private final Map<Class<?>, Function<AnnotatedElement, ValueType<?>>> special;

  /**
   * @param special the types that a document has besides, by Java type; they may look at the
   *     annotations of the component
   */
  public ValueTypes(Map<Class<?>, Function<AnnotatedElement, ValueType<?>>> special) {
    this.special = Map.copyOf(special);
  }

  /** The type of a record, whose components are its keys. */
  public <R extends Record> RecordType<R> record(Class<R> type) {
    return RecordType.of(type, this);
  }

  /** The type of a component: its Java type, and what its annotations say about the form. */
  ValueType<?> of(Type type, AnnotatedElement component) {
    if (type instanceof Class<?> simple) {
      return ofClass(simple, component);
    }
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      Class<?> raw = (Class<?>) generic.getRawType();
      if (raw == List.class) {
        return new ListType<>(of(arguments[0], component));
      }
      if (raw == Optional.class) {
        return OptionalType.of(of(arguments[0], component));
      }
      if (raw == Map.class && arguments[0] == String.class) {
        return new MapType<>(of(arguments[1], component));
      }
    }
    throw unsupported(type, component);
  }

  private ValueType<?> ofClass(Class<?> type, AnnotatedElement component) {
    Function<AnnotatedElement, ValueType<?>> own = special.get(type);
    if (own != null) {
      return own.apply(component);
    }
    if (type.isEnum()) {
      return enumType(type);
    }
    if (type.isRecord()) {
      return record(type.asSubclass(Record.class));
    }
    if (type.isSealed() && type != ConfigNode.class) {
      return VariantType.of(type, this);
    }
    return ofSimple(type, component);
  }

  private static ValueType<?> ofSimple(Class<?> type, AnnotatedElement component) {
    boolean quantity = component.isAnnotationPresent(Quantity.class);
    WholeType whole = quantity ? WholeType.QUANTITY_OF_LONG : WholeType.LONG;
    if (type == long.class || type == Long.class) {
      return whole;
    } else if (type == OptionalLong.class) {
      return OptionalType.ofLong(whole);
    } else if (type == int.class || type == Integer.class) {
      return WholeType.INT;
    } else if (type == OptionalInt.class) {
      return OptionalType.ofInt(WholeType.INT);
    } else if (type == double.class || type == Double.class) {
      return new DecimalType();
    } else if (type == OptionalDouble.class) {
      return OptionalType.ofDouble(new DecimalType());
    } else if (type == boolean.class || type == Boolean.class) {
      return new TruthType();
    } else if (type == String.class) {
      return new TextType();
    } else if (type == Duration.class) {
      return new DurationType();
    } else if (type == ConfigNode.class) {
      return new TreeType();
    }
    throw unsupported(type, component);
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // type.isEnum() was asked
  private static ValueType<?> enumType(Class<?> type) {
    return EnumType.of((Class) type);
  }

  private static IllegalStateException unsupported(Type type, AnnotatedElement component) {
    return new IllegalStateException(
        "%s: %s cannot be written in a document; allowed: int, long, double, boolean, String,"
                .formatted(component, type.getTypeName())
            + " Duration, enums, records, sealed interfaces of records, and List, Map<String, ?>"
            + " and Optional of them");
  }
}
