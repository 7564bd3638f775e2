package huddle.cli;

import huddle.service.ConnectProbe;
import huddle.service.Probe;
import huddle.shell.Script;
import huddle.spec.Role;
import huddle.ssh.Output;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;

/// `huddle connect`: Spark Connect, for `pyspark-client` on this machine.
@Command(
    name = "connect",
    description =
        "Open Spark Connect on this machine: starts the server if need be, and keeps a tunnel to it.",
    footerHeading = "Examples:%n",
    footer = {
      "  huddle connect                   prints sc://localhost:…, until Ctrl-C",
      "  huddle connect --detach          keeps the tunnel in the background",
      "  huddle connect --detach --json   for programs: {\"version\":1,\"url\":…}",
      "  huddle stop connect              stops the server, and the tunnel with it"
    })
final class ConnectCommand extends TunnelCommand {
  ConnectCommand(Context context) {
    super(context, Role.CONNECT);
  }

  @Override
  String command() {
    return "connect";
  }

  @Override
  int servicePort(ClusterSession session) {
    return session.spec().ports().connect();
  }

  @Override
  Probe probe(OnDemand.Serving serving) {
    return new ConnectProbe();
  }

  /// The name, not 127.0.0.1: for any other than "localhost" a client insists on TLS, and hangs.
  @Override
  Announced announced(OnDemand.Serving serving, int local) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("url", "sc://localhost:%d/;token=%s".formatted(local, serving.token()));
    fields.put("spark", serving.spark());
    fields.put("python", python(serving));
    return new Announced(fields);
  }

  /// Functions of the client run in the executors' Python: the same minor version, or none runs.
  private static String python(OnDemand.Serving serving) {
    Script ask =
        new Script(
                "python-version",
                "\"$ROOT/bin/huddle-python\" -c 'import sys; print(\"%d.%d\" % sys.version_info[:2])'",
                Map.of())
            .with("ROOT", serving.root());
    Output output = serving.connection().run(ask, Duration.ofSeconds(30));
    String version = output.stdout().strip();
    return version.matches("3\\.[0-9]{1,2}") ? version : "3";
  }

  @Override
  String help(Announced announced) {
    String spark = announced.fields().getOrDefault("spark", "");
    String python = announced.fields().getOrDefault("python", "3");
    return """
      pip install "pyspark-client<=%s" "pandas<3" pyarrow     into a Python %s of this machine
      SparkSession.builder.remote("%s").getOrCreate()
    %s
    """
        .formatted(spark, python, announced.url(), ending("huddle stop connect"));
  }
}
