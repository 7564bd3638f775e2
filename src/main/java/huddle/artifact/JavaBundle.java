package huddle.artifact;

import java.nio.file.Path;

/// A Java runtime as one plain tar in the operator's cache, its entries relative to JAVA_HOME.
///
/// @param version as its release file says: `25.0.3`, `1.8.0_392`
/// @param major 8, 17, 25 …
/// @param identity where it comes from with a digest
/// @param bytes size of the tar
public record JavaBundle(String version, int major, String identity, Path tar, long bytes) {}
