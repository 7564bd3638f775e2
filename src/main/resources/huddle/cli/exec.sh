# Runs a command with the cluster's settings, where there are any.
# In: ROOT (a leading ~/ is the home folder), COMMAND (quoted words).
case $ROOT in
  "~/"*) ROOT=$HOME/${ROOT#"~/"} ;;
esac
if [ -f "$ROOT/conf/spark-env.sh" ]; then
  for SPARK_HOME in "$ROOT"/spark-*; do
    [ ! -f "$SPARK_HOME/.huddle" ] || break
  done
  export SPARK_HOME
  export SPARK_CONF_DIR="$ROOT/conf"
  . "$ROOT/conf/spark-env.sh"
  PATH=$PATH:$SPARK_HOME/bin
  if [ -n "${JAVA_HOME:-}" ]; then PATH=$JAVA_HOME/bin:$PATH; fi
  export PATH
fi
cd "$HOME" || exit 1
eval "exec $COMMAND"
