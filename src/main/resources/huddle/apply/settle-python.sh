# Makes an unpacked folder of packages a virtual environment of an interpreter of this host. Without the module venv,
# which many hosts lack; the folder is not in its place yet, so that paths are those it will have.
# In: ROOT, FOLDER, PYTHON, MINOR.
set -eu
umask 022
part=$ROOT/$FOLDER.part
# An interpreter may itself be that of an environment: this one stands on what is behind it.
if ! found=$("$PYTHON" -I -B -c 'import sys
print("%d.%d" % sys.version_info[:2])
print(getattr(sys, "_base_executable", "") or sys.executable)'); then
  echo "$PYTHON does not run on this host" >&2
  exit 1
fi
minor=${found%%
*}
base=${found#*
}
if [ "$minor" != "$MINOR" ]; then
  echo "$PYTHON is Python $minor, not $MINOR" >&2
  exit 1
fi
mkdir -p "$part/bin" "$part/lib/python$MINOR/site-packages"
ln -s "$base" "$part/bin/python3"
ln -s python3 "$part/bin/python"
ln -s python3 "$part/bin/python$MINOR"
printf 'home = %s\ninclude-system-site-packages = false\n' "${base%/*}" >"$part/pyvenv.cfg"
if ! prefix=$("$part/bin/python3" -I -B -c 'import sys, zlib; print(sys.prefix)' 2>&1); then
  echo "$PYTHON cannot carry an environment: ${prefix##*
}" >&2
  exit 1
fi
case $prefix in
  */"$FOLDER.part") ;;
  *)
    echo "$PYTHON takes $prefix for its environment, not $part" >&2
    exit 1
    ;;
esac
