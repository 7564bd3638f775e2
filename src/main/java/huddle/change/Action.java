package huddle.change;

import huddle.shell.Script;
import huddle.spark.ConfFile;
import huddle.spark.HostSettings;
import huddle.spec.Role;
import java.time.Duration;
import java.util.List;

/// One step of carrying a change out on a host. A closed set: the runner has a case for each.
public sealed interface Action {
  /// Runs a script; a non-zero exit fails the change with the last line of its standard error.
  ///
  /// @param bound after which it is given up
  record RunScript(Script script, Duration bound) implements Action {}

  /// Unpacks the cluster's Spark into a folder below the root.
  record UnpackSpark(String root, String folder) implements Action {}

  /// Unpacks a Java runtime that Huddle brings into a folder below the root.
  ///
  /// @param platform `x86_64-glibc`: which of the offered runtimes
  record UnpackJava(String root, String folder, String platform) implements Action {}

  /// Unpacks the JVM libraries of the file into a folder below the root.
  record UnpackPackages(String root, String folder) implements Action {}

  /// Unpacks the packages of a Python environment and sets it on an interpreter of the host.
  ///
  /// @param folder below the root, and the name under which its tar is known
  /// @param platform `x86_64-glibc`
  /// @param interpreter absolute path there
  /// @param minor `3.11`
  /// @param identity kept in the folder
  record UnpackPython(
      String root,
      String folder,
      String platform,
      String interpreter,
      String minor,
      String identity)
      implements Action {}

  /// Unpacks a Python interpreter that Huddle brings into a folder below the root.
  ///
  /// @param platform `x86_64-glibc`: which of the offered interpreters
  record UnpackInterpreter(String root, String folder, String platform) implements Action {}

  /// Writes files below the root, each atomically, with the cluster's secret where
  /// [ConfFile#SECRET] stands, and `conf/secret` itself.
  record WriteFiles(String root, List<ConfFile> files) implements Action {
    public WriteFiles {
      files = List.copyOf(files);
    }
  }

  /// Starts a daemon, whose run file will carry the digest of its settings and the secret.
  record StartDaemon(Script script, HostSettings settings, Role role) implements Action {}

  /// Waits until the Master answers at its page and says ALIVE, at the address it was given.
  record AwaitMaster(String url) implements Action {}

  /// Waits until the Master lists the Worker of this host as ALIVE.
  record AwaitWorker(HostSettings settings) implements Action {}

  /// Waits until the Master no longer counts on a Worker of this host that is gone: it notices the
  /// end of a host only after a minute, and turns a new Worker away until then.
  record AwaitNoWorker(HostSettings settings) implements Action {}

  /// Waits until no Application runs at the Master, but for services that hold no executor.
  ///
  /// @param bound after which it is given up
  record AwaitNoApplication(Duration bound) implements Action {}

  /// Runs the proof job on the Master's host and keeps what it proved.
  ///
  /// @param workers hosts whose Workers must run a task each
  /// @param python name of the Python that runs it
  record Prove(String root, Script script, List<Expected> workers, String python)
      implements Action {
    public Prove {
      workers = List.copyOf(workers);
    }
  }

  /// A Worker that the proof expects.
  record Expected(String host, String address, int port) {}
}
