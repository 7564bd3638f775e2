package huddle.cli;

import huddle.service.Probe;
import huddle.service.ThriftProbe;
import huddle.spec.Role;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;

/// `huddle jdbc`: SQL on the cluster, for whatever speaks JDBC on this machine.
@Command(
    name = "jdbc",
    description =
        "Open the thrift server on this machine, for JDBC: starts it if need be, and keeps a tunnel to it.",
    footerHeading = "Examples:%n",
    footer = {
      "  huddle jdbc                   prints jdbc:hive2://localhost:…, until Ctrl-C",
      "  huddle jdbc --detach          keeps the tunnel in the background",
      "  huddle jdbc --detach --json   for programs: {\"version\":1,\"url\":…,\"user\":…,\"token\":…}",
      "  huddle stop thrift            stops the server, and the tunnel with it"
    })
final class JdbcCommand extends TunnelCommand {
  private static final String USER = "huddle";

  JdbcCommand(Context context) {
    super(context, Role.THRIFT);
  }

  @Override
  String command() {
    return "jdbc";
  }

  @Override
  int servicePort(ClusterSession session) {
    return session.spec().ports().thrift();
  }

  @Override
  Probe probe(OnDemand.Serving serving) {
    return new ThriftProbe(USER, serving.token());
  }

  @Override
  Announced announced(OnDemand.Serving serving, int local) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("url", "jdbc:hive2://localhost:%d/default".formatted(local));
    fields.put("user", USER);
    fields.put("token", serving.token());
    return new Announced(fields);
  }

  @Override
  String help(Announced announced) {
    return """
      user      %s
      password  %s
      driver    Hive's, 2.3 or later (org.apache.hive:hive-jdbc, as in DBeaver and beeline)
    %s
    """
        .formatted(
            announced.fields().getOrDefault("user", ""),
            announced.fields().getOrDefault("token", ""),
            ending("huddle stop thrift"));
  }
}
