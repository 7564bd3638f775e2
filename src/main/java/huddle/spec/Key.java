package huddle.spec;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Describes one key of huddle.yaml: the record component that holds it carries this. The reader,
/// the JSON Schema and the file that `init` writes all come from it.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Key {
  /// One sentence for people and editors.
  String value();

  /// A value that is right, as YAML.
  String example() default "";
}
