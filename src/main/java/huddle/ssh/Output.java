package huddle.ssh;

/// What a script on a host ended with. The text is hostile input.
///
/// @param exit the script's own exit code, 0 to 255
/// @param stdout without what the login shell printed before the script
/// @param stderr of the script and of ssh
public record Output(int exit, String stdout, String stderr) {}
