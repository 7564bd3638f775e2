package huddle.spec;

import static huddle.spec.Problem.quoted;

import huddle.ssh.Destination;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Hosts as a person types them: `worker.one`, `me@10.0.0.7:2222`, and ranges of numbers as
/// `worker[01-16]` or `w[1,3,5-7].lab`, several in one name too.
public sealed interface HostPattern {
  /// No text stands for more hosts than this.
  int LIMIT = 1000;

  /// The hosts it names, in order; at least one.
  record Hosts(List<Destination> destinations) implements HostPattern {
    public Hosts {
      destinations = List.copyOf(destinations);
    }
  }

  /// It names none.
  ///
  /// @param why a sentence, for example `"worker[8-1]" counts backwards; write the smaller number
  ///   first`
  record Wrong(String why) implements HostPattern {}

  /// Reads `[user@]host[:port]`.
  static HostPattern of(String text) {
    int at = text.lastIndexOf('@');
    String rest = text.substring(at + 1);
    int colon = rest.indexOf(':');
    if (text.contains("://")) {
      return new Wrong(quoted(text) + " is a URL; write user@host:port alone");
    }
    if (colon >= 0 && (colon != rest.lastIndexOf(':') || rest.indexOf(']') > colon)) {
      return new Wrong(HostRules.notIpv6(text));
    }
    if (rest.isEmpty() || colon == 0) {
      return new Wrong(quoted(text) + " names no host; write an ssh alias, a name or an address");
    }
    Optional<String> user = at < 0 ? Optional.empty() : Optional.of(text.substring(0, at));
    Optional<String> port = colon < 0 ? Optional.empty() : Optional.of(rest.substring(colon + 1));
    Optional<String> wrong =
        user.flatMap(HostRules.USER.check()).or(() -> port.flatMap(HostRules.PORT::check));
    if (wrong.isPresent()) {
      return new Wrong(wrong.get());
    }
    try {
      OptionalInt number =
          port.map(p -> OptionalInt.of(Integer.parseInt(p))).orElseGet(OptionalInt::empty);
      return new Hosts(
          HostRanges.names(colon < 0 ? rest : rest.substring(0, colon)).stream()
              .map(name -> new Destination(name, user, number, Optional.empty()))
              .toList());
    } catch (HostRanges.Bad e) {
      return new Wrong(e.why());
    }
  }
}
