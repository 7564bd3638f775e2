package huddle.plan;

import static org.assertj.core.api.Assertions.assertThat;

import huddle.facts.HostFacts;
import huddle.facts.HostFacts.Address;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which address a host advertises.
class AddressesTest {
  private final Map<String, HostFacts> hosts = new LinkedHashMap<>();

  private Map<String, String> advertised() {
    return Addresses.advertised(hosts, hosts.size() > 1);
  }

  @Test
  void theOneThatTheOperatorCameInOnWhateverItsNameResolvesTo() {
    FoundHost one = FoundHost.at("10.0.0.1");
    one.addresses.addFirst(new Address("docker0", "172.17.0.1", 16));
    hosts.put("one", one.facts());
    assertThat(one.facts().hostNameAddresses()).containsExactly("127.0.1.1");
    assertThat(advertised()).containsEntry("one", "10.0.0.1");
  }

  @Test
  void ofTheOperatorsMachineInAMixedClusterTheOneInTheOthersNetwork() {
    FoundHost here = FoundHost.here();
    here.addresses.add(new Address("docker0", "172.17.0.1", 16));
    here.addresses.add(new Address("wlan0", "192.168.1.5", 24));
    here.addresses.add(new Address("eth0", "10.0.0.200", 24));
    here.addresses.add(new Address("eth0", "fd00::5", 64));
    hosts.put("localhost", here.facts());
    hosts.put("one", FoundHost.at("10.0.0.1").facts());
    hosts.put("two", FoundHost.at("10.0.0.2").facts());
    assertThat(advertised())
        .containsExactly(
            Map.entry("localhost", "10.0.0.200"),
            Map.entry("one", "10.0.0.1"),
            Map.entry("two", "10.0.0.2"));
  }

  @Test
  void behindARouterTheFirstThatIsNoBridgeOfContainers() {
    FoundHost here = FoundHost.here();
    here.addresses.add(new Address("docker0", "172.17.0.1", 16));
    here.addresses.add(new Address("br-1a2b", "172.18.0.1", 16));
    here.addresses.add(new Address("enp3s0", "192.168.1.5", 24));
    here.addresses.add(new Address("enp4s0", "192.168.2.5", 24));
    hosts.put("localhost", here.facts());
    hosts.put("one", FoundHost.at("10.0.0.1").facts());
    assertThat(advertised()).containsEntry("localhost", "192.168.1.5");
  }

  @Test
  void ofAHostReachedThroughAForwardedPortItsOwn() {
    FoundHost one = FoundHost.at("127.0.0.1");
    one.addresses.clear();
    one.addresses.add(new Address("eth0", "10.0.0.1", 24));
    hosts.put("one", one.facts());
    hosts.put("two", FoundHost.at("10.0.0.2").facts());
    assertThat(advertised()).containsEntry("one", "10.0.0.1");
  }

  @Test
  void ofAHostReachedOverIpv6ItsIpv4() {
    FoundHost one = FoundHost.at("10.0.0.1");
    one.reachedAt = Optional.of("fd00::1");
    hosts.put("one", one.facts());
    assertThat(advertised()).containsEntry("one", "10.0.0.1");
  }

  @Test
  void noneIsARefusal() {
    FoundHost one = FoundHost.at("10.0.0.1");
    one.addresses.clear();
    one.addresses.add(new Address("eth0", "169.254.3.4", 16));
    one.reachedAt = Optional.of("fe80::1");
    SimulatedCluster cluster = new SimulatedCluster().host("one", one).host("two", one);
    Plan plan = cluster.plan("name: p\nmaster: one\nworkers: [two]\n");
    assertThat(plan.changes()).isEmpty();
    assertThat(plan.refusals().getFirst().what())
        .isEqualTo("none of its addresses can be reached by the other hosts");
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.1, 24, 10.0.0.200, true",
    "10.0.0.1, 24, 10.0.1.1, false",
    "10.0.0.1, 8, 10.200.1.1, true",
    "10.0.0.1, 32, 10.0.0.1, true",
    "10.0.0.1, 32, 10.0.0.2, false",
    "200.0.0.1, 1, 255.0.0.1, true",
    "10.0.0.1, 0, 10.0.0.1, false",
    "10.0.0.1, 33, 10.0.0.1, false",
    "10.0.0.256, 24, 10.0.0.1, false",
    "fd00::1, 24, fd00::2, false",
    "10.0.0.1, 24, one, false",
  })
  void networks(String address, int prefix, String other, boolean same) {
    assertThat(Addresses.sameNetwork(new Address("eth0", address, prefix), other)).isEqualTo(same);
  }
}
