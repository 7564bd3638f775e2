package huddle.plan;

import huddle.change.Change;
import huddle.change.WriteConf;
import huddle.facts.Installed;
import huddle.spark.ConfFile;
import huddle.spark.ConfText;
import huddle.spark.HostSettings;
import huddle.spec.Host;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Which files of conf and which manifest a host should have, and whether its secret is the
/// cluster's.
///
/// @param hosts of the file
/// @param secretDigest of the cluster's secret; empty if it is still to be made
/// @param isNewSecret whether one is to take another's place
record ConfPlanner(
    List<Host> hosts, ClusterFacts facts, Optional<String> secretDigest, boolean isNewSecret) {
  /// What is to be written to a host.
  ///
  /// @param keepManifest whether it must go on naming hosts that are still to be cleaned up
  Optional<Change> change(HostSettings settings, Installed installed, boolean keepManifest) {
    List<ConfFile> wanted = new ArrayList<>(ConfText.files(settings));
    if (!keepManifest) {
      wanted.add(Manifest.file(settings, hosts));
    }
    boolean secretFits =
        installed.secretDigest().isPresent() && installed.secretDigest().equals(secretDigest);
    List<ConfFile> different =
        wanted.stream()
            .filter(file -> !isThere(file, installed) || (!secretFits && file.holdsSecret()))
            .filter(file -> !isGuess(file, installed))
            .toList();
    if (different.isEmpty() && secretFits) {
      return Optional.empty();
    }
    boolean first = installed.manifest().isEmpty();
    String reason;
    if (first) {
      reason = "not there";
    } else if (!secretFits) {
      reason = isNewSecret ? "a new secret" : "its secret is not the cluster's";
    } else {
      reason =
          String.join(", ", different.stream().map(ConfFile::path).limit(4).toList()) + " differ";
    }
    return Optional.of(
        new WriteConf(
            settings.host(),
            settings.root(),
            different,
            first ? Change.Verb.ADD : Change.Verb.CHANGE,
            reason));
  }

  private static boolean isThere(ConfFile file, Installed installed) {
    String there = installed.files().get(file.path());
    return there != null && (file.isToken() || there.equals(file.digest()));
  }

  /// The list of Workers names addresses; those of hosts that do not answer are not known, and what
  /// is there knows better.
  private boolean isGuess(ConfFile file, Installed installed) {
    return file.path().equals("conf/workers")
        && hosts.stream().anyMatch(host -> facts.unreachable().containsKey(host.name()))
        && installed.files().containsKey(file.path());
  }
}
