# Runs a Python driver. Python itself is started, not spark-submit, which would put the program's standard error on
# standard output.
# In: ROOT, SPARK_HOME, FILE, PYTHON (empty: the cluster's), OPTIONS and ARGUMENTS (quoted words).
for zip in "$SPARK_HOME"/python/lib/py4j-*.zip; do
  PYTHONPATH=$SPARK_HOME/python:$zip
done
# The driver may import what came along before there is a session, which is when Spark would add it.
for file in "$folder"/py/*; do
  case $file in
    *.zip | *.egg) [ ! -e "$file" ] || PYTHONPATH=$file:$PYTHONPATH ;;
  esac
done
[ ! -d "$folder/py" ] || PYTHONPATH=$folder/py:$PYTHONPATH
export PYTHONPATH
export PYTHONUNBUFFERED=1
export PYSPARK_PYTHON="$PYTHON"
options="--conf \"$java_options\""
[ -z "$jars" ] || options="$options --jars \"$jars\""
[ -z "$files" ] || options="$options --files \"$files\""
[ -z "$py_files" ] || options="$options --py-files \"$py_files\""
export PYSPARK_SUBMIT_ARGS="$options $OPTIONS pyspark-shell"
eval "drive \"\$PYTHON\" \"\$folder/\$FILE\" $ARGUMENTS"
