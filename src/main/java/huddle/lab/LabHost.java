package huddle.lab;

import huddle.event.Failure;
import huddle.ssh.Output;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// One host of a running lab. Everything here acts on it from outside, as a hand at its plugs; what
/// an operator does goes over ssh to its [#address()].
public final class LabHost {
  /// How a host is doing.
  public enum State {
    UP,
    CUT,
    OFF
  }

  /// A file of this name in its folder says that it changes its key.
  static final String NEW_KEY_AT_BOOT = "new-key-at-boot";

  private final LabFolder lab;
  private final String name;
  private final String address;
  private final String user;

  LabHost(LabFolder lab, String name, String address, String user) {
    this.lab = lab;
    this.name = name;
    this.address = address;
    this.user = user;
  }

  /// Its host name.
  public String name() {
    return name;
  }

  /// Its IPv4 address.
  public String address() {
    return address;
  }

  /// Who the operator logs in as.
  public String user() {
    return user;
  }

  /// Runs sh text as the host's root, for at most 30 s.
  public Output exec(String script) {
    return exec("root", script, Processes.BOUND);
  }

  /// Runs sh text as one of its users, in their home, with their groups and a plain environment.
  public Output exec(String as, String script, Duration bound) {
    List<String> words = new ArrayList<>(inside("-m", "-u", "-i", "-n", "-p"));
    words.addAll(
        List.of(
            "/usr/bin/env",
            "-i",
            "PATH=/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin",
            "/usr/bin/setpriv",
            "--reuid=" + as,
            "--regid=" + as,
            "--init-groups",
            "/bin/sh",
            "-c",
            "HOME=~" + as + "; export HOME; cd\n" + script));
    return Processes.run(bound, words);
  }

  /// Pulls its network cable: nothing comes through, nobody is told.
  public void cut() {
    process();
    Processes.succeed("ip", "-n", lab.networkNamespace(), "link", "set", port(), "down");
  }

  /// Plugs it in again.
  public void heal() {
    process();
    Processes.succeed("ip", "-n", lab.networkNamespace(), "link", "set", port(), "up");
  }

  /// Takes its power away: all processes end at once and nothing they say gets out. The disk stays.
  public void kill() {
    Requirements.check();
    Processes.succeed("sh", lab.script("host-off").toString(), lab.path().toString(), name);
  }

  /// Switches it on again; back when its sshd answers. Nothing happens if it is on.
  public void boot() {
    if (state() != State.OFF) {
      return;
    }
    if (Files.exists(folder().resolve(NEW_KEY_AT_BOOT))) {
      changeKey();
    }
    new HostBoot(lab, this).boot();
  }

  /// Limits what it sends and what it receives, each to so many Mbit/s; 0 is as fast as it goes.
  /// The next boot forgets it.
  public void shape(int mbit) {
    List<String> down = List.of("tc", "-n", lab.networkNamespace());
    shape(down, port(), mbit);
    List<String> up = new ArrayList<>(inside("-n"));
    up.add("tc");
    shape(up, "eth0", mbit);
  }

  /// How it is doing, seen from outside.
  public State state() {
    Requirements.check();
    if (!Files.exists(processFile())) {
      return State.OFF;
    }
    Output link =
        Processes.run(
            Processes.BOUND,
            List.of("ip", "-n", lab.networkNamespace(), "-o", "link", "show", "dev", port()));
    if (link.exit() != 0) {
      return State.OFF;
    }
    return link.stdout().matches("(?s)[^<]*<[^>]*\\bUP\\b.*") ? State.UP : State.CUT;
  }

  /// Changes its ssh host key on the disk of a host that is off.
  private void changeKey() {
    SshKey key = SshKey.random();
    Path folder = folder().resolve("disk/upper/etc/ssh");
    LabFolder.write(folder.resolve("ssh_host_ed25519_key"), key.privateText());
    LabFolder.write(folder.resolve("ssh_host_ed25519_key.pub"), key.publicLine() + "\n");
  }

  Path folder() {
    return lab.host(name);
  }

  private void shape(List<String> tc, String link, int mbit) {
    List<String> words = new ArrayList<>(tc);
    if (mbit == 0) {
      words.addAll(List.of("qdisc", "delete", "dev", link, "root"));
      // Fails where it was not limited, which is what is wanted.
      Processes.run(Processes.BOUND, words);
      return;
    }
    // The kernel passes on up to 64 KiB at once, and more than a timer's tick holds at high rates.
    int burstKiB = Math.max(128, mbit);
    words.addAll(
        List.of(
            "qdisc",
            "replace",
            "dev",
            link,
            "root",
            "tbf",
            "rate",
            mbit + "mbit",
            "burst",
            burstKiB + "kb",
            "latency",
            "100ms"));
    Processes.succeed(words.toArray(String[]::new));
  }

  private List<String> inside(String... namespaces) {
    List<String> words = new ArrayList<>(List.of("nsenter", "-t", process()));
    words.addAll(List.of(namespaces));
    words.add("--");
    return words;
  }

  /// The process id of its first process.
  private String process() {
    Requirements.check();
    try {
      String line = Files.readString(processFile(), StandardCharsets.US_ASCII);
      return line.substring(0, line.indexOf(' '));
    } catch (IOException e) {
      throw Failure.on(name, "it is off", "run `huddle lab boot " + name + "`");
    }
  }

  private Path processFile() {
    return folder().resolve("process");
  }

  private String port() {
    return "port" + address.substring(address.lastIndexOf('.') + 1);
  }
}
