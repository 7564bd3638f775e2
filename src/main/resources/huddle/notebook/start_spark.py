"""Runs in every "Spark" kernel before its first cell."""

from huddle_spark import start as _start

spark, sc = _start(get_ipython())  # noqa: F821
del _start
