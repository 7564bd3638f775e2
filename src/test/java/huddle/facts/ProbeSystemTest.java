package huddle.facts;

import static org.assertj.core.api.Assertions.assertThat;

import huddle.facts.HostFacts.Address;
import huddle.facts.HostFacts.Disk;
import huddle.facts.HostFacts.Listening;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The probe's view of the machine, run by the shells that hosts have.
class ProbeSystemTest {
  private static final String MEMORY = "MemTotal:        8388608 kB\nMemFree: 1 kB\n";

  @TempDir private Path folder;
  private HostTree tree;

  @BeforeEach
  void plant() throws IOException {
    tree = new HostTree(folder).file("proc/meminfo", MEMORY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sh", "dash", "busybox sh"})
  void tellsThisMachine(String shell) throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      HostFacts facts =
          tree.with("SSH_CONNECTION", "10.0.0.9 50000 10.0.0.7 22")
              .factsWithRealSystem(shell, "~/a dir");

      assertThat(facts.user()).isEqualTo(System.getProperty("user.name"));
      assertThat(facts.home()).isEqualTo(tree.home().toString());
      assertThat(facts.arch()).isNotEmpty();
      assertThat(facts.os()).isNotEmpty();
      assertThat(facts.libc()).matches("(glibc|musl) [0-9.]+");
      assertThat(facts.cores()).isBetween(1, Runtime.getRuntime().availableProcessors());
      assertThat(facts.memoryMiB()).isGreaterThan(100);
      assertThat(facts.openFiles()).isNotZero();
      assertThat(facts.reachedAt()).contains("10.0.0.7");
      assertThat(facts.listening()).contains(new Listening("127.0.0.1", socket.getLocalPort()));
      assertThat(facts.addresses()).noneMatch(a -> a.address().startsWith("127."));
      assertThat(facts.disks())
          .extracting(Disk::usedFor, Disk::folder)
          .containsExactly(
              org.assertj.core.api.Assertions.tuple("root", tree.root().toString()),
              org.assertj.core.api.Assertions.tuple("tmp", "/tmp"),
              org.assertj.core.api.Assertions.tuple("dir", tree.home() + "/a dir"));
      assertThat(facts.disks()).allMatch(d -> d.totalMiB() > 0 && d.writable());
      assertThat(facts.disks()).allMatch(d -> d.flags().contains("rw"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"sh", "dash", "busybox sh"})
  void readsReleaseAndHostsFilesWhereToolsAreAbsent(String shell) throws IOException {
    tree.file("etc/os-release", "ID=alpine\nPRETTY_NAME=\"Alpine Linux v3.20\"\n")
        .tool("getent", "exit 2")
        .tool("uname", "echo worker-1 aarch64")
        .tool("getconf", "exit 1")
        .program(
            "lib/ld-musl-aarch64.so.1", "echo 'musl libc (aarch64)' >&2; echo 'Version 1.2.5' >&2")
        .file(
            "etc/hosts",
            "127.0.0.1 localhost\n127.0.1.1\tworker-1.lan  worker-1 # own\n::1 worker-1\n10.0.0.2 worker-10\n");

    HostFacts facts = tree.facts(shell);

    assertThat(facts.os()).isEqualTo("Alpine Linux v3.20");
    assertThat(facts.hostName()).isEqualTo("worker-1");
    assertThat(facts.arch()).isEqualTo("aarch64");
    assertThat(facts.hostNameAddresses()).containsExactly("127.0.1.1");
    assertThat(facts.libc()).isEqualTo("musl 1.2.5");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sh", "dash", "busybox sh"})
  void takesTheLeastThatControlGroupsOfVersion2Allow(String shell) throws IOException {
    tree.tool("nproc", "echo 16")
        .file("proc/self/cgroup", "0::/user.slice/user-7.slice/session:1.scope\n")
        .file("sys/fs/cgroup/user.slice/cpu.max", "350000 100000\n")
        .file("sys/fs/cgroup/user.slice/user-7.slice/cpu.max", "max 100000\n")
        .file("sys/fs/cgroup/user.slice/memory.max", "max\n")
        .file("sys/fs/cgroup/user.slice/user-7.slice/session:1.scope/memory.max", "3221225472\n");

    HostFacts facts = tree.facts(shell);

    assertThat(facts.cores()).isEqualTo(3);
    assertThat(facts.memoryMiB()).isEqualTo(3072);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sh", "dash", "busybox sh"})
  void readsControlGroupsOfVersion1FromWithinAContainer(String shell) throws IOException {
    tree.tool("nproc", "echo 16")
        .file(
            "proc/self/cgroup",
            "5:cpu,cpuacct:/docker/abc\n4:memory:/docker/abc\n1:name=systemd:/\n")
        .file("sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us", "50000\n")
        .file("sys/fs/cgroup/cpu,cpuacct/cpu.cfs_period_us", "100000\n")
        .file("sys/fs/cgroup/memory/memory.limit_in_bytes", "1073741824\n");

    HostFacts facts = tree.facts(shell);

    assertThat(facts.cores()).isEqualTo(1);
    assertThat(facts.memoryMiB()).isEqualTo(1024);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sh", "dash", "busybox sh"})
  void isNotLimitedByGroupsWithoutLimits(String shell) throws IOException {
    tree.tool("nproc", "echo 16")
        .file("proc/self/cgroup", "4:memory:/\n1:cpu:/\n0::/../..\n")
        .file("sys/fs/cgroup/cpu/cpu.cfs_quota_us", "-1\n")
        .file("sys/fs/cgroup/cpu/cpu.cfs_period_us", "100000\n")
        .file("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n");

    HostFacts facts = tree.facts(shell);

    assertThat(facts.cores()).isEqualTo(16);
    assertThat(facts.memoryMiB()).isEqualTo(8192);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sh", "dash", "busybox sh"})
  void findsTheMountOfAFolderByItsRealPath(String shell) throws IOException {
    Path disk = Files.createDirectories(tree.path("data/big disk"));
    Files.createDirectories(tree.path("data/big disk2"));
    Files.createSymbolicLink(tree.home().resolve("scratch"), disk);
    String point = disk.toString().replace(" ", "\\040");
    tree.file(
        "proc/mounts",
        "/dev/a / ext4 rw 0 0\n/dev/b "
            + point
            + " xfs rw,nosuid 0 0\n/dev/c "
            + point
            + " btrfs ro,noexec 0 0\n");

    List<Disk> disks =
        tree.facts(shell, "~/scratch/a/b/", tree.path("data/big disk2") + "/x").disks();

    Disk scratch = disks.get(2);
    assertThat(scratch.folder()).isEqualTo(tree.home() + "/scratch/a/b");
    assertThat(scratch.fileSystem()).isEqualTo("btrfs");
    assertThat(scratch.flags()).containsExactly("ro", "noexec");
    assertThat(scratch.writable()).isFalse();
    assertThat(disks.get(3).fileSystem()).isEqualTo("ext4");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sh", "dash", "busybox sh"})
  void aFileInTheWayIsNotWritable(String shell) throws IOException {
    tree.file("plain", "x");

    Disk disk = tree.facts(shell, tree.path("plain") + "/below").disks().get(2);

    assertThat(disk.writable()).isFalse();
    assertThat(disk.totalMiB()).isPositive();
  }

  @ParameterizedTest
  @ValueSource(strings = {"sh", "dash", "busybox sh"})
  void readsAddressesFromIp(String shell) throws IOException {
    tree.tool(
        "ip",
        """
        cat <<'X'
        1: lo    inet 127.0.0.1/8 scope host lo\\       valid_lft forever
        1: lo    inet 10.9.9.9/32 scope global lo\\       valid_lft forever
        2: eth0@if7    inet 10.0.0.7/24 brd 10.0.0.255 scope global eth0\\       valid_lft forever
        2: eth0    inet6 fd00::7/64 scope global \\       valid_lft forever
        2: eth0    inet6 fe80::1/64 scope link \\       valid_lft forever
        3: tun0    inet 10.8.0.2 peer 10.8.0.1/30 scope global tun0\\       valid_lft forever
        X
        """);

    assertThat(tree.facts(shell).addresses())
        .containsExactly(
            new Address("eth0", "10.0.0.7", 24),
            new Address("eth0", "fd00::7", 64),
            new Address("tun0", "10.8.0.2", 30));
  }

  @ParameterizedTest
  @ValueSource(strings = {"sh", "dash", "busybox sh"})
  void readsAddressesFromTheKernelWhereIpTellsNone(String shell) throws IOException {
    tree.tool("ip", "exit 127")
        .file(
            "proc/net/fib_trie",
            """
            Main:
              +-- 0.0.0.0/0 3 0 5
                 |-- 127.0.0.1
                    /32 host LOCAL
                 |-- 10.0.0.7
                    /32 host LOCAL
                 |-- 10.0.0.255
                    /32 link BROADCAST
            Local:
                 |-- 10.0.0.7
                    /32 host LOCAL
                 |-- 172.16.0.1
                    /32 host LOCAL
            """)
        .file(
            "proc/net/route",
            """
            Iface\tDestination\tGateway\tFlags\tRefCnt\tUse\tMetric\tMask\tMTU
            eth0\t00000000\t0100000A\t0003\t0\t0\t0\t00000000\t0
            eth1\t0000000A\t00000000\t0001\t0\t0\t0\t000000FF\t0
            eth0\t0000000A\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0
            """)
        .file(
            "proc/net/if_inet6",
            """
            00000000000000000000000000000001 01 80 10 80       lo
            fd000000000000000000000000000007 04 40 00 82     eth0
            fe8000000000000000fc00fffe000001 04 40 20 80     eth0
            """);

    assertThat(tree.facts(shell).addresses())
        .containsExactly(
            new Address("eth0", "10.0.0.7", 24),
            new Address("", "172.16.0.1", 32),
            new Address("eth0", "fd00::7", 64));
  }

  @ParameterizedTest
  @ValueSource(strings = {"sh", "dash", "busybox sh"})
  void leavesOutWhatCannotBeRead(String shell) throws IOException {
    tree.tool("df", "exit 1").tool("ip", "exit 1").tool("getconf", "exit 1");
    Files.createDirectories(tree.path("etc"));

    HostFacts facts = tree.facts(shell);

    assertThat(facts.memoryMiB()).isEqualTo(8192);
    assertThat(facts.disks()).extracting(Disk::totalMiB).containsExactly(0L, 0L);
    assertThat(facts.addresses()).isEmpty();
    assertThat(facts.listening()).isEmpty();
    assertThat(facts.libc()).isEmpty();
    assertThat(facts.installed().exists()).isFalse();
  }
}
