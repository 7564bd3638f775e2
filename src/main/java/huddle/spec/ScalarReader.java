package huddle.spec;

import static huddle.spec.Problem.quoted;

import huddle.spec.ShortForms.At;
import java.util.Optional;

/// Reads values that are one word of YAML. What is wrong is reported and left out.
record ScalarReader(Problems problems) {
  Optional<Integer> number(SpecKey key, Yaml value, At at) {
    if (!(value instanceof Yaml.Text text)) {
      return problems.none(at, "is " + value.kind() + "; write a number, as " + key.example());
    }
    Optional<String> wrong = Rules.number(key).check(text.value());
    return wrong.isPresent()
        ? problems.none(at, wrong.get())
        : Optional.of(Integer.valueOf(text.value()));
  }

  Optional<Boolean> truth(Yaml value, At at) {
    return value instanceof Yaml.Text text && text.value().matches("true|false")
        ? Optional.of(Boolean.valueOf(text.value()))
        : problems.none(
            at,
            (value instanceof Yaml.Text text ? quoted(text.value()) + " is" : "is")
                + " neither true nor false; write one of them");
  }

  Optional<String> text(SpecKey key, Yaml value, At at) {
    if (!(value instanceof Yaml.Text text)) {
      return problems.none(at, "is " + value.kind() + "; write text");
    }
    Optional<String> wrong = Rules.text(key).check().apply(text.value());
    return wrong.isPresent() ? problems.none(at, wrong.get()) : Optional.of(text.value());
  }
}
