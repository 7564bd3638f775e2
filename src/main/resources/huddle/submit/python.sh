# Prelude: the name of the cluster's Python, which driver and executors must share.
# In: ROOT.
cluster_python() {
  name=$(sed -n 's/^spark\.pyspark\.python[ 	=]*//p' "$ROOT/conf/spark-defaults.conf" 2>/dev/null | tail -n 1)
  echo "${name:-huddle-python}"
}
