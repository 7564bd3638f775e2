package huddle.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `huddle` itself: its subcommands.
@Command(
    name = "huddle",
    description =
        "One secured Apache Spark cluster from the machines you can SSH into, or just this one.",
    footerHeading = "Examples:%n",
    footer = {
      "  huddle up                    a cluster on this machine",
      "  huddle init 'worker[1-8]'    a file for eight hosts; then `huddle up`",
      "  huddle submit job.py         run a program on it"
    },
    subcommands = {
      InitCommand.class,
      PlanCommand.class,
      UpCommand.class,
      StatusCommand.class,
      StartCommand.class,
      StopCommand.class,
      RestartCommand.class,
      SubmitCommand.class,
      PushCommand.class,
      PullCommand.class,
      AppsCommand.class,
      ShellCommand.class,
      NotebookCommand.class,
      ConnectCommand.class,
      JdbcCommand.class,
      OpenCommand.class,
      ExecCommand.class,
      SshCommand.class,
      LogsCommand.class,
      DoctorCommand.class,
      SecretsCommand.class,
      DestroyCommand.class,
      VersionCommand.class,
      LabCommand.class
    })
final class RootCommand implements Runnable {
  @Spec CommandSpec spec = CommandSpec.create();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Show the version.")
  boolean version;

  RootCommand() {}

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing command");
  }
}
