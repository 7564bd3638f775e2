package huddle.cli;

import huddle.event.Failure;
import huddle.event.Printable;
import huddle.spec.Spelling;
import huddle.ui.FailureView;
import huddle.ui.Surface;
import java.io.PrintWriter;
import java.lang.reflect.Constructor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// The command line: parses, runs one command, and turns what it throws into a message and an exit
/// code.
public final class Cli {
  /// 128 + SIGINT.
  public static final int INTERRUPTED = 130;

  private static final int FAILED = 1;
  private static final int WRONG_INPUT = 2;

  private Cli() {}

  /// Runs one command to its exit code; never throws.
  public static int run(Context context, List<String> arguments) {
    Surface out = context.terminal().out();
    Surface err = context.terminal().err();
    CommandLine commandLine =
        new CommandLine(new RootCommand(), new Factory(context))
            .setOut(new PrintWriter(out.stream(), true, java.nio.charset.StandardCharsets.UTF_8))
            .setErr(new PrintWriter(err.stream(), true, java.nio.charset.StandardCharsets.UTF_8))
            .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
            .setExecutionExceptionHandler((e, line, parsed) -> failed(err, e))
            .setParameterExceptionHandler((e, args) -> wrongUsage(err, e))
            .setUsageHelpWidth(Math.clamp(out.columns(), 60, 100))
            .setUsageHelpAutoWidth(false)
            // `submit job.py @rows` means the text, whatever files there are.
            .setExpandAtFiles(false);
    commandLine
        .getCommandSpec()
        .versionProvider(() -> new String[] {"huddle " + VersionCommand.huddle()});
    commandLine.setHelpSectionKeys(SECTIONS);
    commandLine.setHelpSectionMap(sections(commandLine));
    for (String verbatim : List.of("submit", "shell", "exec", "ssh")) {
      // What follows belongs to the program that is run, options too.
      Objects.requireNonNull(commandLine.getSubcommands().get(verbatim)).setStopAtPositional(true);
    }
    return commandLine.execute(arguments.toArray(String[]::new));
  }

  /// Examples first.
  private static final List<String> SECTIONS =
      List.of(
          UsageMessageSpec.SECTION_KEY_HEADER,
          UsageMessageSpec.SECTION_KEY_FOOTER_HEADING,
          UsageMessageSpec.SECTION_KEY_FOOTER,
          UsageMessageSpec.SECTION_KEY_DESCRIPTION_HEADING,
          UsageMessageSpec.SECTION_KEY_DESCRIPTION,
          UsageMessageSpec.SECTION_KEY_SYNOPSIS_HEADING,
          UsageMessageSpec.SECTION_KEY_SYNOPSIS,
          UsageMessageSpec.SECTION_KEY_PARAMETER_LIST_HEADING,
          UsageMessageSpec.SECTION_KEY_PARAMETER_LIST,
          UsageMessageSpec.SECTION_KEY_OPTION_LIST_HEADING,
          UsageMessageSpec.SECTION_KEY_OPTION_LIST,
          UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING,
          UsageMessageSpec.SECTION_KEY_COMMAND_LIST);

  /// An empty line between the parts.
  private static Map<String, IHelpSectionRenderer> sections(CommandLine commandLine) {
    Map<String, IHelpSectionRenderer> sections = new HashMap<>(commandLine.getHelpSectionMap());
    sections.put(
        UsageMessageSpec.SECTION_KEY_DESCRIPTION_HEADING,
        help -> help.commandSpec().usageMessage().description().length == 0 ? "" : "\n");
    sections.put(UsageMessageSpec.SECTION_KEY_SYNOPSIS_HEADING, help -> "\nUsage: ");
    sections.put(UsageMessageSpec.SECTION_KEY_PARAMETER_LIST_HEADING, help -> "\n");
    sections.put(
        UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING,
        help -> help.subcommands().isEmpty() ? "" : "\nCommands:\n");
    return sections;
  }

  private static int failed(Surface err, Exception e) {
    // Scripts and connections that were waited for fail with a sentence of their own.
    boolean interrupted = Thread.interrupted();
    if (e instanceof InterruptedException || (interrupted && e instanceof Failure)) {
      err.println("Interrupted; the same command continues where it stopped.");
      return INTERRUPTED;
    }
    if (e instanceof WrongInput) {
      err.println(String.valueOf(e.getMessage()));
      return WRONG_INPUT;
    }
    if (e instanceof Failure failure) {
      err.print(FailureView.render(List.of(failure), "", err.style()));
      return FAILED;
    }
    // A defect of ours. The place is what a report needs; a page of frames helps nobody.
    StackTraceElement[] frames = e.getStackTrace();
    err.println(
        "huddle has a defect: %s%s. Please report this line."
            .formatted(Printable.line(e.toString()), frames.length == 0 ? "" : " at " + frames[0]));
    return FAILED;
  }

  private static int wrongUsage(Surface err, ParameterException e) {
    err.println(Printable.line(what(e)));
    if (e instanceof UnmatchedArgumentException unmatched) {
      suggestion(unmatched).ifPresent(word -> err.println("Did you mean: " + word + "?"));
    }
    err.println("See `" + e.getCommandLine().getCommandSpec().qualifiedName() + " --help`.");
    return WRONG_INPUT;
  }

  private static String what(ParameterException e) {
    if (!(e instanceof UnmatchedArgumentException unmatched)
        || unmatched.getUnmatched().isEmpty()
        || unmatched.getUnmatched().getFirst().startsWith("-")) {
      return String.valueOf(e.getMessage());
    }
    String typed = unmatched.getUnmatched().getFirst();
    String command = e.getCommandLine().getCommandSpec().qualifiedName();
    return e.getCommandLine().getSubcommands().isEmpty()
        ? "`%s` takes no '%s'".formatted(command, typed)
        : "`%s` has no command '%s'".formatted(command, typed);
  }

  private static Optional<String> suggestion(UnmatchedArgumentException e) {
    String typed = e.getUnmatched().isEmpty() ? "" : e.getUnmatched().getFirst();
    CommandLine command = e.getCommandLine();
    return Spelling.nearest(
        typed,
        typed.startsWith("-")
            ? command.getCommandSpec().optionsMap().keySet()
            : command.getSubcommands().keySet());
  }

  /// Gives commands their context.
  private record Factory(Context context) implements IFactory {
    @Override
    public <K> K create(Class<K> type) throws Exception {
      for (Constructor<?> constructor : type.getDeclaredConstructors()) {
        if (constructor.getParameterCount() == 1
            && constructor.getParameterTypes()[0] == Context.class) {
          return type.cast(constructor.newInstance(context));
        }
      }
      return CommandLine.defaultFactory().create(type);
    }
  }
}
