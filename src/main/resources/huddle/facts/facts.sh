# Probe, whole: reads, never writes, and ends with a line that says so. Nothing runs before all of it has arrived.
probe() {
  say huddle-facts 1
  clock began
  login
  absolute "$ROOT"
  root=$path
  say root "$root"
  physical "$root" && real_root=$here || real_root=$root
  names
  system
  limits
  tools
  disks
  tables
  path_folders
  javas
  pythons
  daemons
  installed
  data
  clock ended
  say end 1
}
probe </dev/null 2>/dev/null
