# Sends a file or folder of this host: a line that says which it is, then a tar.
# In: DATA (the folder that relative paths start from), NAME.
set -eu
case $NAME in
  /*) path=$NAME ;;
  *) path=$DATA/$NAME ;;
esac
if [ -d "$path" ]; then
  cd -P "$path" 2>/dev/null || {
    echo "$path may not be entered" >&2
    exit 1
  }
  echo folder
  exec tar -cf - .
fi
if [ ! -e "$path" ]; then
  echo "there is no $path" >&2
  exit 1
fi
if [ ! -r "$path" ]; then
  echo "$path may not be read" >&2
  exit 1
fi
cd "${path%/*}/"
echo file
exec tar -chf - "./${path##*/}"
