# Written by huddle: the notebook's Python, with what JupyterLab, its kernels and terminals need.
set -eu
umask 077
# Nothing of the login's own Jupyter and Python settings leaks in.
for name in $(env | sed -n 's/^\([A-Za-z_][A-Za-z0-9_]*\)=.*/\1/p'); do
  case $name in
    PYTHON) ;;
    PYTHON* | PYSPARK* | JUPYTER* | IPYTHON* | JPY_*) unset "$name" ;;
  esac
done
. "$ROOT/conf/spark-env.sh"
export SPARK_HOME
export SPARK_CONF_DIR="$ROOT/conf"
export SPARK_LAUNCHER_OPTS=-XX:-UsePerfData
export TRAITLETS_APPLICATION_RAISE_CONFIG_FILE_ERROR=1
export TMPDIR="$ROOT/tmp"
export LC_ALL=C.UTF-8
export HUDDLE_NOTEBOOK="$ROOT/conf/notebook"
for zip in "$SPARK_HOME"/python/lib/py4j-*.zip; do
  export HUDDLE_KERNEL_PATH="$HUDDLE_NOTEBOOK:$SPARK_HOME/python:$zip"
done
export PYTHONPATH="$HUDDLE_NOTEBOOK"
# What executors run; the kernel itself is the notebook's Python, which holds the same packages and more.
export PYSPARK_PYTHON="$EXECUTORS"
export HUDDLE_CONNECT_PORT="$CONNECT_PORT"
export HUDDLE_CONNECT_TOKEN_FILE="$HUDDLE_NOTEBOOK/connect.token"
export JUPYTER_CONFIG_DIR="$HUDDLE_NOTEBOOK"
export JUPYTER_PATH="$HUDDLE_NOTEBOOK"
export JUPYTER_DATA_DIR="$ROOT/notebook/jupyter"
# Short, since sockets are in it: their paths hold some 100 characters at most.
export JUPYTER_RUNTIME_DIR="$ROOT/run/nb"
export JUPYTERLAB_SETTINGS_DIR="$ROOT/notebook/settings"
export JUPYTERLAB_WORKSPACES_DIR="$ROOT/notebook/workspaces"
export IPYTHONDIR="$ROOT/notebook/ipython"
# JupyterLab asks npm for its folder where there is one, and npm logs every call.
export npm_config_cache="$ROOT/notebook/npm"
mkdir -p "$JUPYTER_DATA_DIR" "$JUPYTER_RUNTIME_DIR" "$IPYTHONDIR" "$TMPDIR"
exec "$PYTHON" "$@"
