# Runs a Python driver. Python itself is started, not spark-submit, which would put the program's standard error on
# standard output.
# In: ROOT, SPARK_HOME, FILE, PYTHON (empty: the cluster's), OPTIONS and ARGUMENTS (quoted words).
for zip in "$SPARK_HOME"/python/lib/py4j-*.zip; do
  PYTHONPATH=$SPARK_HOME/python:$zip
done
export PYTHONPATH
PYTHON=${PYTHON:-$(cluster_python)}
export PYTHONUNBUFFERED=1
export PYSPARK_PYTHON="$PYTHON"
export PYSPARK_SUBMIT_ARGS="--conf \"$java_options\" $OPTIONS pyspark-shell"
eval "drive \"\$PYTHON\" \"\$folder/\$FILE\" $ARGUMENTS"
