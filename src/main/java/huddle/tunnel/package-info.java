/// Ports of the operator's loopback that lead to a host, over its connection.
///
/// A command that opens one: [TcpTunnel#open] with what dials, [TcpTunnel#port] for the address it
/// announces, [Lifeline#watch] until Ctrl-C or until the host is lost, `close`.
@org.jspecify.annotations.NullMarked
package huddle.tunnel;
