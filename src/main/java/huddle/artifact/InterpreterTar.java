package huddle.artifact;

import huddle.event.Failure;
import huddle.python.PythonPlatform;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Arranges any form of a CPython as the one tar, with `bin/python3` in it and without what no
/// program needs.
final class InterpreterTar {
  private static final Pattern PROGRAM = Pattern.compile("((?:.*/)?)bin/python(3\\.[0-9]{1,3})");
  private static final Pattern UNUSED =
      Pattern.compile(
          "include/.*|share/(man|doc)/.*|lib/pkgconfig/.*|.*\\.(a|pyc|h)|bin/(?!python).*"
              + "|lib/python3\\.[0-9]+/(test|idlelib|tkinter|turtledemo|lib2to3/tests"
              + "|config-[^/]+|[^/]+/tests?)/.*|META-INF/.*");

  private InterpreterTar() {}

  /// What an archive or folder holds.
  ///
  /// @param prefix of the tree in it: empty, or ending with a slash
  /// @param minor `3.13`
  record Found(String prefix, String minor) {}

  /// Looks for the interpreter nearest to the top.
  ///
  /// @throws Failure if there is none
  static Found find(Source source) throws IOException {
    Looking looking = new Looking();
    try {
      source.each(looking);
    } catch (Hostile e) {
      throw Failure.of(
          source.name() + " is not to be trusted: it holds " + e.what(),
          "get it from another source");
    } catch (TarWriter.UnreadableException e) {
      throw Failure.of(
          source.name() + " cannot be read to its end: " + Reason.ofFile(e), "get it again");
    }
    return Optional.ofNullable(looking.found)
        .orElseThrow(() ->
            Failure.of(
                source.name() + " holds no CPython: there is no bin/python3.* in it",
                "name an archive or folder of a CPython: python: {source: …}"));
  }

  private static final class Looking implements Source.Visitor {
    private @Nullable Found found;

    @Override
    public void visit(Entry entry) {
      Matcher program = PROGRAM.matcher(entry.name());
      if (program.matches()
          && (found == null || program.group(1).length() < found.prefix().length())) {
        found = new Found(program.group(1), program.group(2));
      }
    }
  }

  /// Writes it.
  ///
  /// @throws Failure if it is for another processor than the hosts'
  static void write(Source source, Found found, PythonPlatform platform, OutputStream out)
      throws IOException {
    TarWriter tar = new TarWriter(out);
    boolean[] plain = {false};
    Arranger.arrange(
        checked(source, found, platform),
        name -> place(name, found),
        tar,
        name -> plain[0] |= name.equals("bin/python3"));
    if (!plain[0]) {
      try {
        tar.add(new Entry.Link("bin/python3", "python" + found.minor()));
      } catch (Hostile e) {
        throw new IllegalStateException(e);
      }
    }
    tar.finish();
  }

  private static Optional<String> place(String name, Found found) {
    if (!name.startsWith(found.prefix())) {
      return Optional.empty();
    }
    String place = name.substring(found.prefix().length());
    return place.isEmpty() || UNUSED.matcher(place).matches()
        ? Optional.empty()
        : Optional.of(place);
  }

  /// Reads the head of the program as it passes: an ELF file says for which processor it is.
  private static FilteredSource checked(Source source, Found found, PythonPlatform platform) {
    String program = found.prefix() + "bin/python" + found.minor();
    return new FilteredSource(
        source,
        file -> {
          if (!file.name().equals(program)) {
            return file;
          }
          byte[] head = file.bytes().readNBytes((int) Math.min(20, file.size()));
          check(source.name(), head, platform);
          return new Entry.File(
              file.name(),
              true,
              file.size(),
              new SequenceInputStream(new ByteArrayInputStream(head), file.bytes()));
        });
  }

  private static void check(String name, byte[] head, PythonPlatform platform) {
    boolean elf = head.length == 20 && head[0] == 0x7f && head[1] == 'E' && head[2] == 'L';
    int machine = elf ? (head[18] & 0xff) | (head[19] & 0xff) << 8 : -1;
    String arch =
        switch (machine) {
          case 62 -> "x86_64";
          case 183 -> "aarch64";
          case 243 -> "riscv64";
          case -1 -> "no Linux program";
          // Java's switch over numbers wants this branch.
          default -> "another processor";
        };
    if (!arch.equals(platform.arch())) {
      throw Failure.of(
          "%s is for %s, the hosts are %s".formatted(name, arch, platform),
          "name a CPython for Linux on %s: python: {source: …}".formatted(platform.arch()));
    }
  }
}
