# Prelude of every script that starts Spark: nothing of the login's own Spark, Java or Python settings leaks in.
# In: ROOT, SPARK_HOME.
for name in $(env | sed -n 's/^\([A-Za-z_][A-Za-z0-9_]*\)=.*/\1/p'); do
  case $name in
    # PYTHON is a variable of scripts, and many a login has one too.
    SPARK_HOME | PYTHON) ;;
    SPARK* | PYSPARK* | HADOOP* | YARN* | PYTHON* | HUDDLE*) unset "$name" ;;
  esac
done
unset JAVA_TOOL_OPTIONS _JAVA_OPTIONS JDK_JAVA_OPTIONS CLASSPATH IPYTHON BASH_ENV CDPATH
export SPARK_HOME
export SPARK_CONF_DIR="$ROOT/conf"
export TMPDIR="$ROOT/tmp"
export LC_ALL=C.UTF-8
mkdir -p "$ROOT/run" "$ROOT/logs" "$ROOT/work" "$ROOT/tmp" "$ROOT/recovery" "$ROOT/eventlog"
# Shuffles open thousands of files; the soft limit is often 1024 where the hard one is high.
ulimit -n "$(ulimit -Hn)" 2>/dev/null || :
# A core holds the secret in clear, and the kernel's pattern may put it anywhere.
ulimit -c 0 2>/dev/null || :
