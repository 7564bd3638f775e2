# Executes a notebook, cell by cell, in a kernel of its own.
# In: ROOT, FILE, NAME, SETTINGS (lines of "spark.key value"), WORDS (quoted: what executes it).
{
  printf '%s\n' "$SETTINGS"
  [ -z "$jars" ] || echo "spark.jars $jars"
  [ -z "$files$py_files" ] || echo "spark.files $files${files:+${py_files:+,}}$py_files"
  [ -z "$py_files" ] || echo "spark.submit.pyFiles $py_files"
} >"$folder/settings.conf"
export HUDDLE_SETTINGS="$folder/settings.conf"
export HUDDLE_APPLICATION_NAME="$NAME"
eval "drive $WORDS"
