package huddle.spark;

/// Where the notebook server runs from, on the host that is its place.
///
/// @param python absolute path of the interpreter of the notebook's environment
/// @param folder of the notebooks, absolute
public record NotebookPlace(String python, String folder) {}
