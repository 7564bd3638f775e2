# Runs the proof job on the Master's host, as any Application would run there.
# In: ROOT, SPARK_HOME, PROOF (a Python program), WORKER_COUNT, MASTER_URL from conf.
set -eu
umask 077
proof=$ROOT/run/proof.py
printf '%s' "$PROOF" >"$proof.part"
mv -f "$proof.part" "$proof"
export JDK_JAVA_OPTIONS="@$ROOT/conf/jvm.opts"
pid= start=
while IFS='=' read -r key value; do
  case $key in
    pid) pid=$value ;;
    start) start=$value ;;
  esac
done <"$ROOT/run/master"
echo "HUDDLE_MASTER $pid:$start"
cd "$ROOT/run"
# JVMs that live for seconds start faster without the second compiler.
exec "$SPARK_HOME/bin/spark-submit" \
  --name huddle-proof \
  --conf spark.cores.max="$WORKER_COUNT" \
  --conf spark.executor.cores=1 \
  --conf spark.executor.memory=512m \
  --conf spark.driver.memory=512m \
  --conf spark.dynamicAllocation.enabled=false \
  --conf spark.scheduler.minRegisteredResourcesRatio=1.0 \
  --conf spark.scheduler.maxRegisteredResourcesWaitingTime=60s \
  --conf spark.task.cpus=1 \
  --conf spark.driver.defaultJavaOptions="-XX:TieredStopAtLevel=1 -XX:+UseSerialGC" \
  --conf spark.executor.defaultJavaOptions="-XX:TieredStopAtLevel=1 -XX:+UseSerialGC" \
  --conf spark.ui.enabled=false \
  --conf spark.eventLog.enabled=false \
  "$proof" "$WORKER_COUNT" </dev/null
