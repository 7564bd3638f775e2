/// Where bytes come from: the Python index, Apache mirrors, archives, runtimes; verified, cached,
/// arranged.
@org.jspecify.annotations.NullMarked
package huddle.artifact;
