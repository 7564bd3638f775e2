# Runs a driver from a jar.
# In: ROOT, SPARK_HOME, FILE, OPTIONS and ARGUMENTS (quoted words).
eval "drive \"\$SPARK_HOME/bin/spark-submit\" --conf \"\$java_options\" $OPTIONS \"\$folder/\$FILE\" $ARGUMENTS"
