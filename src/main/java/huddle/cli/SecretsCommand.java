package huddle.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `huddle secrets`: what the cluster's processes know one another by.
@Command(
    name = "secrets",
    description = "The cluster's secret, and the tokens that follow from it.",
    footerHeading = "Examples:%n",
    footer = {
      "  huddle secrets rotate         a new one on every host, once no Application runs",
      "  huddle secrets rotate --now   ends Applications that run"
    },
    subcommands = {RotateCommand.class})
final class SecretsCommand implements Runnable {
  @Spec CommandSpec spec = CommandSpec.create();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;

  SecretsCommand() {}

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing command: rotate");
  }
}
