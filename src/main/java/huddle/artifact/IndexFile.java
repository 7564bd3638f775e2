package huddle.artifact;

import java.net.URI;
import java.util.Optional;
import java.util.OptionalLong;

/// A file that an index lists.
///
/// @param digest empty if the index states none that is good enough
/// @param requiresPython for example `>=3.11`; empty if unknown
/// @param yanked withdrawn by its authors: taken only if its version is asked for by name
record IndexFile(
    String name,
    URI uri,
    Optional<Digest> digest,
    OptionalLong size,
    String requiresPython,
    boolean yanked) {}
