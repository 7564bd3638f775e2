# Prints the index that pip asks when nothing is configured. pip itself knows it; where pip is not
# installed, Python's own copy for new environments does. Arguments: folders that hold pip.
import glob
import os
import sys

sys.path[:0] = sys.argv[1:]
try:
    from pip._internal.models.index import PyPI
except ImportError:
    wheels = glob.glob("/usr/share/python-wheels/pip-*.whl")
    try:
        import ensurepip

        wheels += glob.glob(os.path.join(os.path.dirname(ensurepip.__file__), "_bundled", "pip-*.whl"))
    except ImportError:
        pass
    if not wheels:
        sys.exit("no pip")
    sys.path.insert(0, sorted(wheels)[-1])
    from pip._internal.models.index import PyPI
print(PyPI.simple_url)
