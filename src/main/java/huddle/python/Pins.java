package huddle.python;

import huddle.spark.ConfFile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a resolution came to: every package with the one version of it, sorted by name.
public record Pins(List<Pin> all) {
  /// More than any environment holds; a longer text is damaged.
  public static final int LIMIT = 64 * 1024;

  private static final Pattern VERSION =
      Pattern.compile("([A-Za-z0-9][A-Za-z0-9._-]*)==([A-Za-z0-9!+._-]+)(?:\\s*;.*)?");
  private static final Pattern ADDRESS =
      Pattern.compile("([A-Za-z0-9][A-Za-z0-9._-]*)\\s*@\\s*(\\S+)(?:\\s*;.*)?");

  public Pins {
    all = all.stream().sorted(Comparator.comparing(Pin::name)).toList();
  }

  /// @param name in its normal form: small letters and hyphens
  /// @param version empty where it comes from an address
  /// @param address of a wheel that the requirement names itself; empty: from an index
  public record Pin(String name, String version, String address) {
    /// As a requirement.
    public String line() {
      return address.isEmpty() ? name + "==" + version : name + " @ " + address;
    }
  }

  /// None at all.
  public static final Pins NONE = new Pins(List.of());

  /// Reads what uv wrote, or what was kept on a host: lines like `pandas==2.3.3`. Comments, options
  /// and what makes no sense are left out.
  public static Pins parse(String text) {
    List<Pin> pins = new ArrayList<>();
    text.lines()
        .limit(5_000)
        .map(line -> line.replaceFirst("\\s+#.*$", "").strip())
        .forEach(line -> pin(line).ifPresent(pins::add));
    return new Pins(pins);
  }

  private static Optional<Pin> pin(String line) {
    Matcher version = VERSION.matcher(line);
    if (version.matches()) {
      return Optional.of(new Pin(normal(version.group(1)), version.group(2), ""));
    }
    Matcher address = ADDRESS.matcher(line);
    return address.matches()
        ? Optional.of(new Pin(normal(address.group(1)), "", address.group(2)))
        : Optional.empty();
  }

  /// A package's name as indexes compare it.
  public static String normal(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[-_.]+", "-");
  }

  /// One line each.
  public String text() {
    StringBuilder text = new StringBuilder();
    all.forEach(pin -> text.append(pin.line()).append('\n'));
    return text.toString();
  }

  /// With those of another platform, which differ by few packages if at all.
  public Pins and(Pins other) {
    List<Pin> both = new ArrayList<>(all);
    other.all.stream().filter(pin -> !both.contains(pin)).forEach(both::add);
    return new Pins(both);
  }

  /// Digest of what is in an environment of this Python.
  ///
  /// @param minor `3.11`
  public String digest(String minor) {
    return ConfFile.sha256("huddle-python 1\n" + minor + "\n" + text());
  }

  /// The version of one package, if it is among them.
  public Optional<String> version(String name) {
    return all.stream().filter(pin -> pin.name().equals(name)).map(Pin::version).findFirst();
  }
}
