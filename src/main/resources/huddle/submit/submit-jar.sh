# Runs a driver from a jar.
# In: ROOT, SPARK_HOME, FILE, OPTIONS and ARGUMENTS (quoted words).
set -- --conf "$java_options"
[ -z "$jars" ] || set -- "$@" --jars "$jars"
[ -z "$files" ] || set -- "$@" --files "$files"
[ -z "$py_files" ] || set -- "$@" --py-files "$py_files"
eval "drive \"\$SPARK_HOME/bin/spark-submit\" \"\$@\" $OPTIONS \"\$folder/\$FILE\" $ARGUMENTS"
