package huddle.artifact;

/// The runtime that would be brought to a host, for a plan.
///
/// @param version `25.0.3`
/// @param identity as in [JavaBundle]
public record JavaOffer(String version, int major, String identity) {}
