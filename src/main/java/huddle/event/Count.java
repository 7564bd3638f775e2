package huddle.event;

import java.util.Collection;

/// A number and what it counts, as messages say it. Pure.
public final class Count {
  private Count() {}

  /// `1 host`, `5 hosts`: the noun in the singular, with an "s" where there is not one.
  public static String of(long number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }

  /// As many as there are of these.
  public static String of(Collection<?> things, String noun) {
    return of(things.size(), noun);
  }
}
