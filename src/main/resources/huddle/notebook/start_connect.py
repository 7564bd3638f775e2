"""Runs in every "Spark Connect" kernel before its first cell."""

from huddle_connect import start as _start

spark = _start(get_ipython())  # noqa: F821
del _start
