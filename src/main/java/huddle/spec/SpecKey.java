package huddle.spec;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// One key of huddle.yaml as its record component declares it: what the reader, the schema and the
/// file of `init` share.
///
/// @param owner the record it belongs to
/// @param about its sentence
/// @param example a right value, as YAML; may be empty
/// @param type of the component
/// @param fallback what it is where the file does not say; empty: the file must say
record SpecKey(
    Class<?> owner,
    String name,
    String about,
    String example,
    Type type,
    Optional<Object> fallback) {

  /// The keys of a record, in the order they are declared.
  static List<SpecKey> of(Class<?> owner) {
    Optional<Object> defaults = defaultOf(owner);
    List<SpecKey> keys = new ArrayList<>();
    for (RecordComponent component : owner.getRecordComponents()) {
      Key key = component.getAnnotation(Key.class);
      if (key == null) {
        throw new IllegalStateException(owner.getSimpleName() + "." + component + " has no @Key");
      }
      Type type = component.getGenericType();
      Optional<Object> fallback =
          defaults.isPresent() ? Optional.of(read(component, defaults.get())) : absent(type);
      keys.add(new SpecKey(owner, component.getName(), key.value(), key.example(), type, fallback));
    }
    return keys;
  }

  /// The class behind a type: `List` for `List<String>`.
  static Class<?> raw(Type type) {
    return type instanceof ParameterizedType p ? (Class<?>) p.getRawType() : (Class<?>) type;
  }

  /// The first type argument: what is in the list or the Optional.
  static Type element(Type type) {
    return ((ParameterizedType) type).getActualTypeArguments()[0];
  }

  /// What a component of this type is where nothing is said; empty: something must be said.
  private static Optional<Object> absent(Type type) {
    Class<?> raw = raw(type);
    if (raw == Optional.class) {
      return Optional.of(Optional.empty());
    }
    if (raw == OptionalInt.class) {
      return Optional.of(OptionalInt.empty());
    }
    if (raw == Map.class) {
      return Optional.of(Map.of());
    }
    // A list of records is what the file is about: it must be there.
    if (raw == List.class && !raw(element(type)).isRecord()) {
      return Optional.of(List.of());
    }
    return raw.isRecord() ? defaultOf(raw) : Optional.empty();
  }

  /// The record's DEFAULT, for records that have one.
  private static Optional<Object> defaultOf(Class<?> owner) {
    try {
      return Optional.ofNullable(owner.getField("DEFAULT").get(null));
    } catch (NoSuchFieldException e) {
      return Optional.empty();
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Object read(RecordComponent component, Object owner) {
    try {
      return component.getAccessor().invoke(owner);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
