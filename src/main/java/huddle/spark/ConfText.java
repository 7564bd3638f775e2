package huddle.spark;

import huddle.shell.ShellWord;
import huddle.spec.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The conf folder of a host: ordinary Spark files, that Spark's own scripts understand.
public final class ConfText {
  /// As Spark has it where nothing is said.
  private static final String REDACTED = "(?i:secret|password|token|access[.]?key)";

  /// Below each host's own root: `HUDDLE_HOME` is expanded by the driver's JVM, wherever it runs.
  private static final String EVENT_LOG = "${env:HUDDLE_HOME}/eventlog";

  private ConfText() {}

  /// All files of a host, the manifest left out.
  public static List<ConfFile> files(HostSettings settings) {
    List<ConfFile> files = new ArrayList<>();
    files.add(new ConfFile("conf/spark-defaults.conf", defaults(settings), "600"));
    files.add(new ConfFile("conf/spark-env.sh", env(settings), "600"));
    files.add(new ConfFile("conf/jvm.opts", jvmOptions(settings), "600"));
    files.add(new ConfFile("conf/worker.opts", workerOptions(settings), "600"));
    if (PageKey.guards(settings.spark())) {
      files.add(
          new ConfFile(
              "conf/driver.opts", PageKey.options(settings.spark(), settings.conf()), "600"));
    }
    files.add(new ConfFile("conf/log4j2.properties", LOG4J2, "600"));
    if (settings.roles().contains(Role.MASTER)) {
      files.add(new ConfFile("conf/workers", String.join("\n", settings.workers()) + "\n", "600"));
    }
    files.add(new ConfFile("bin/huddle-python", python(settings), "755"));
    if (!settings.pythonCommand().equals("huddle-python")) {
      files.add(new ConfFile("bin/" + settings.pythonCommand(), python(settings), "755"));
    }
    Role.SERVICES.stream()
        .filter(settings.services().here()::contains)
        .forEach(service -> files.addAll(Daemon.of(service).files(settings)));
    return List.copyOf(files);
  }

  /// The `spark.*` keys that Huddle sets, the file's own above those that are only defaults.
  static Map<String, String> properties(HostSettings settings) {
    Map<String, String> properties = new TreeMap<>();
    // Defaults, which `conf:` may override.
    properties.put("spark.network.crypto.enabled", "true");
    // Spark's own defaults are an older handshake and AES-CTR, which nobody would notice being
    // tampered with; and to agree where the other side would rather not encrypt. Versions before
    // 3.5.2 do not know the last two and go on with theirs.
    properties.put("spark.network.crypto.saslFallback", "false");
    properties.put("spark.network.crypto.authEngineVersion", "2");
    properties.put("spark.network.crypto.cipher", "AES/GCM/NoPadding");
    properties.put("spark.decommission.enabled", "true");
    properties.put("spark.storage.decommission.enabled", "true");
    properties.put("spark.worker.cleanup.enabled", "true");
    properties.put("spark.deploy.recoveryMode", "FILESYSTEM");
    properties.put("spark.deploy.recoveryDirectory", settings.path("recovery"));
    // A Worker that finds no Master would exit after 13 minutes; a Master may be away for a night.
    properties.put("spark.worker.maxRegistrationRetries", "100000");
    properties.put("spark.pyspark.python", settings.pythonCommand());
    properties.put("spark.ui.showConsoleProgress", "false");
    // Links as /proxy/ID/…, and none with an address of its own: see the gateway.
    properties.put("spark.ui.reverseProxy", "true");
    properties.put("spark.ui.reverseProxyUrl", "/");
    if (!PageKey.guards(settings.spark())) {
      // Whoever has a login on the host sees these pages; they shall at least change nothing.
      properties.put("spark.ui.killEnabled", "false");
      properties.put("spark.master.ui.decommission.allow.mode", "DENY");
    }
    // What the History Server shows, kept for a month; each driver's own environment names the
    // root.
    properties.put("spark.eventLog.enabled", "true");
    properties.put("spark.eventLog.dir", EVENT_LOG);
    properties.put("spark.eventLog.rolling.enabled", "true");
    properties.put("spark.eventLog.compress", "true");
    properties.put("spark.history.fs.cleaner.enabled", "true");
    properties.put("spark.history.fs.cleaner.interval", "1h");
    properties.put("spark.history.fs.cleaner.maxAge", "30d");
    properties.put("spark.history.fs.cleaner.maxNum", "1000");
    properties.putAll(settings.conf());
    if (PageKey.guards(settings.spark()) && settings.conf().containsKey("spark.ui.filters")) {
      properties.put("spark.ui.filters", PageKey.filters(settings.conf()));
    }
    properties.putIfAbsent(
        "spark.history.fs.logDirectory",
        settings.conf().getOrDefault("spark.eventLog.dir", EVENT_LOG));
    // A token that huddle did not make would open the Connect server to whoever reads the file.
    properties.remove("spark.connect.authenticate.token");
    // Not for the file to change: the doors.
    properties.put("spark.master", settings.master().url());
    properties.put("spark.authenticate", "true");
    properties.put("spark.authenticate.secret", ConfFile.SECRET);
    properties.put("spark.master.rest.enabled", "false");
    // The file may hide more on pages and in event logs, never less.
    properties.computeIfPresent(
        "spark.redaction.regex", (key, more) -> "%s|(?:%s)".formatted(REDACTED, more));
    return properties;
  }

  private static String defaults(HostSettings settings) {
    StringBuilder text = new StringBuilder("# Written by huddle; `huddle up` overwrites it.\n");
    properties(settings)
        .forEach((key, value) -> text.append(key).append(' ').append(escaped(value)).append('\n'));
    return text.toString();
  }

  /// As java.util.Properties reads it back.
  private static String escaped(String value) {
    String escaped = value.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
    return escaped.startsWith(" ") ? "\\" + escaped : escaped;
  }

  private static String env(HostSettings settings) {
    StringBuilder text =
        new StringBuilder("# Written by huddle; `huddle up` overwrites it.\n")
            .append(
                "# Keep SPARK_LOCAL_DIRS and the like out: cluster mode would carry them to other hosts.\n");
    export(text, "JAVA_HOME", settings.javaHome());
    text.append("export PATH=")
        .append(ShellWord.quote(settings.path("bin")))
        .append(":\"$PATH\"\n");
    export(text, "HUDDLE_HOME", settings.root());
    export(text, "HUDDLE_HOST", settings.host());
    // Pages on loopback; what other hosts connect to is advertised by address, never by name.
    export(text, "SPARK_LOCAL_IP", "127.0.0.1");
    export(text, "SPARK_LOCAL_HOSTNAME", settings.address());
    export(text, "HUDDLE_DATA", settings.data());
    settings.jarFolder().ifPresent(folder -> classPath(text, settings.path(folder + "/*")));
    export(text, "SPARK_PID_DIR", settings.path("run"));
    export(text, "SPARK_MASTER_HOST", settings.master().address());
    export(text, "SPARK_MASTER_PORT", Integer.toString(settings.master().port()));
    export(text, "SPARK_MASTER_WEBUI_PORT", Integer.toString(settings.ports().masterUi()));
    if (settings.roles().contains(Role.WORKER)) {
      export(text, "SPARK_WORKER_PORT", Integer.toString(settings.ports().worker()));
      export(text, "SPARK_WORKER_WEBUI_PORT", Integer.toString(settings.ports().workerUi()));
      export(text, "SPARK_WORKER_CORES", Integer.toString(settings.worker().cores()));
      export(text, "SPARK_WORKER_MEMORY", settings.worker().memoryMiB() + "m");
    }
    settings.env().forEach((name, value) -> export(text, name, value));
    if (PageKey.guards(settings.spark())) {
      text.append(PageKey.environment(settings.path("conf/driver.opts")));
    }
    return text.toString();
  }

  /// What is submitted in cluster mode takes its submitter's SPARK_* variables along to another
  /// host, where the path is another one; the Worker there has its own.
  private static void classPath(StringBuilder text, String jars) {
    text.append("case \" $* \" in")
        .append(" *' --deploy-mode cluster '* | *' --deploy-mode=cluster '* |")
        .append(" *' spark.submit.deployMode=cluster '*) unset SPARK_DIST_CLASSPATH ;;")
        .append(" *) export SPARK_DIST_CLASSPATH=")
        .append(ShellWord.quote(jars))
        .append(" ;; esac\n");
  }

  private static void export(StringBuilder text, String name, String value) {
    text.append("export ").append(name).append('=').append(ShellWord.quote(value)).append('\n');
  }

  /// For every daemon: scratch files and native libraries below the root, since `/tmp` may be
  /// noexec and must stay clean; and pages that ask for a credential.
  static String jvmOptions(HostSettings settings) {
    return "-Djava.io.tmpdir=\""
        + settings.path("tmp")
        + "\"\n-XX:-UsePerfData\n"
        // A JVM that crashes leaves its arguments and memory: not in whatever folder it ran in.
        + "-XX:ErrorFile=\""
        + settings.path("logs/hs_err_%p.log")
        + "\"\n-XX:-CreateCoredumpOnCrash\n"
        + PageKey.options(settings.spark(), settings.conf());
  }

  /// For Workers and what they start: a cluster-mode driver gets the secret from nowhere else.
  private static String workerOptions(HostSettings settings) {
    return jvmOptions(settings)
        + "-Dhuddle.log.level=INFO\n-Dspark.authenticate=true\n-Dspark.authenticate.secret="
        + ConfFile.SECRET
        + "\n";
  }

  /// A wrapper, not a link: a link outside an environment's own folder starts Python without its
  /// packages. Executors run the driver's string verbatim, so every host has this name first on its
  /// PATH.
  private static String python(HostSettings settings) {
    return "#!/bin/sh\nexec " + ShellWord.quote(settings.python()) + " \"$@\"\n";
  }

  private static final String LOG4J2 =
      """
      # Written by huddle; `huddle up` overwrites it. Daemons and executors log at INFO, drivers at WARN.
      rootLogger.level = ${sys:huddle.log.level:-WARN}
      rootLogger.appenderRef.stderr.ref = stderr
      appender.stderr.type = Console
      appender.stderr.name = stderr
      appender.stderr.target = SYSTEM_ERR
      appender.stderr.layout.type = PatternLayout
      appender.stderr.layout.pattern = %d{yy/MM/dd HH:mm:ss} %p %c{1}: %m%n%ex
      # "Unable to load native-hadoop library" is true everywhere and useful nowhere.
      logger.native.name = org.apache.hadoop.util.NativeCodeLoader
      logger.native.level = error
      # A driver that Huddle starts notes its Application's id, its page's port and that it has started in a file of its own.
      appender.notes.type = File
      appender.notes.name = notes
      appender.notes.fileName = ${env:HUDDLE_NOTES:-/dev/null}
      appender.notes.createOnDemand = true
      appender.notes.layout.type = PatternLayout
      appender.notes.layout.pattern = %c{1} %m%n
      appender.notes.filter.kept.type = RegexFilter
      appender.notes.filter.kept.regex = Connected to Spark cluster .*|Successfully started service 'SparkUI' .*|SchedulerBackend is ready for scheduling .*
      appender.notes.filter.kept.onMatch = ACCEPT
      appender.notes.filter.kept.onMismatch = DENY
      logger.application.name = org.apache.spark.scheduler.cluster.StandaloneSchedulerBackend
      logger.application.level = info
      logger.application.additivity = false
      logger.application.appenderRef.notes.ref = notes
      logger.application.appenderRef.stderr.ref = stderr
      logger.application.appenderRef.stderr.level = ${sys:huddle.log.level:-WARN}
      logger.page.name = org.apache.spark.util.Utils
      logger.page.level = info
      logger.page.additivity = false
      logger.page.appenderRef.notes.ref = notes
      logger.page.appenderRef.stderr.ref = stderr
      logger.page.appenderRef.stderr.level = ${sys:huddle.log.level:-WARN}
      """;
}
