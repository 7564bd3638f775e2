package huddle.artifact;

import java.nio.file.Path;

/// An ordinary SPARK_HOME as one plain tar in the operator's cache, its entries relative to
/// SPARK_HOME.
///
/// @param version `4.3.0`
/// @param identity where it comes from with a digest, for example `pypi sha256:…`; the same
///   identity means the same bytes
/// @param bytes size of the tar
public record SparkBundle(String version, String identity, Path tar, long bytes) {}
