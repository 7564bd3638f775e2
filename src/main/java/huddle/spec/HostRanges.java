package huddle.spec;

import static huddle.spec.Problem.quoted;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The numbers in brackets within a host's name: `worker[1-8]`, `w[1,3,05-07].lab`.
final class HostRanges {
  private static final Pattern PART = Pattern.compile("([0-9]{1,9})(?:-([0-9]{1,9}))?");

  private HostRanges() {}

  /// Every name that the text stands for, the last range counting fastest, each a right host.
  static List<String> names(String text) throws Bad {
    boolean ranged = text.indexOf('[') >= 0 || text.indexOf(']') >= 0;
    if (ranged && HostRules.strange(text).isPresent()) {
      throw new Bad(HostRules.strange(text).get());
    }
    List<String> names = expand(text);
    for (String name : names) {
      Optional<String> wrong = HostRules.HOST.check().apply(name);
      if (wrong.isPresent()) {
        throw new Bad(wrong.get());
      }
    }
    return names;
  }

  private static List<String> expand(String text) throws Bad {
    List<String> heads = List.of("");
    int from = 0;
    while (true) {
      int open = text.indexOf('[', from);
      int close = text.indexOf(']', from);
      if (open < 0 && close < 0) {
        String tail = text.substring(from);
        return heads.stream().map(head -> head + tail).toList();
      }
      if (open < 0 || close < open) {
        throw new Bad(
            quoted(text) + " has a bracket without its other half; write a range as worker[1-8]");
      }
      String before = text.substring(from, open);
      List<String> numbers = numbers(text, text.substring(open + 1, close));
      if ((long) heads.size() * numbers.size() > HostPattern.LIMIT) {
        throw tooMany(text);
      }
      heads =
          heads.stream()
              .flatMap(head -> numbers.stream().map(number -> head + before + number))
              .toList();
      from = close + 1;
    }
  }

  private static List<String> numbers(String text, String range) throws Bad {
    List<String> numbers = new ArrayList<>();
    for (String part : range.split(",", -1)) {
      Matcher matcher = PART.matcher(part);
      if (!matcher.matches()) {
        throw new Bad(
            quoted(text) + " holds no range of numbers; write one as worker[1-8] or w[1,3,5-7]");
      }
      String low = matcher.group(1);
      String high = matcher.group(2) == null ? low : matcher.group(2);
      int first = Integer.parseInt(low);
      int last = Integer.parseInt(high);
      boolean padded = low.length() > 1 && low.startsWith("0");
      boolean highPadded = high.length() > 1 && high.startsWith("0");
      if (first > last) {
        throw new Bad(quoted(text) + " counts backwards; write the smaller number first");
      }
      if (padded ? low.length() != high.length() : highPadded) {
        throw new Bad(
            quoted(text) + " mixes numbers with and without leading zeros; write them as [01-16]");
      }
      if ((long) last - first + numbers.size() >= HostPattern.LIMIT) {
        throw tooMany(text);
      }
      for (int n = first; n <= last; n++) {
        String number = Integer.toString(n);
        numbers.add(padded ? "0".repeat(low.length() - number.length()) + number : number);
      }
    }
    return numbers;
  }

  private static Bad tooMany(String text) {
    return new Bad(quoted(text) + " stands for more than " + HostPattern.LIMIT + " hosts");
  }

  /// The text names no hosts.
  static final class Bad extends Exception {
    private static final long serialVersionUID = 1L;

    Bad(String why) {
      super(why);
    }

    String why() {
      String message = getMessage();
      return message == null ? "" : message;
    }
  }
}
