"""The session of a "Spark" kernel."""

import os

import huddle_kernel


def start(ip):
    """The session and its context, or what says why there is none."""
    # Not for what a cell starts.
    os.environ.pop("PYTHONSTARTUP", None)
    try:
        session = _session(ip)
    except Exception as error:
        missing = huddle_kernel.Missing(
            "there is no Spark session: %s; look with `huddle status`, then restart the kernel"
            % (str(error).strip().splitlines() or [type(error).__name__])[0]
        )
        return missing, missing
    context = session.sparkContext
    _relative_pages(type(context))
    _cancel_with_cell(ip, context)
    huddle_kernel.answer(lambda: _doing(session))
    return session, context


def _session(ip):
    from pyspark import SparkConf
    from pyspark.sql import SparkSession

    conf = SparkConf()
    for key, value in huddle_kernel.settings():
        conf.set(key, value)
    conf.setAppName(huddle_kernel.name())
    if not os.environ.get("HUDDLE_HEADLESS"):
        _monitor(ip, conf)
    return SparkSession.builder.config(conf=conf).getOrCreate()


def _monitor(ip, conf):
    try:
        import huddle_monitor

        huddle_monitor.load(ip, conf)
    except ImportError:
        pass  # Progress is pleasant, not needed.


def _relative_pages(context_class):
    """The link in `spark`'s and `sc`'s output leads through this very server, wherever its tunnel begins."""
    context_class.uiWebUrl = property(lambda self: "/proxy/%s/" % self.applicationId)


def _cancel_with_cell(ip, context):
    """Interrupting a cell ends its Spark jobs too; those of other threads go on."""
    tag = "huddle-cell"

    def before(info):
        context.addJobTag(tag)

    def after(result):
        if isinstance(result.error_in_exec, KeyboardInterrupt):
            context.cancelJobsWithTag(tag)

    if hasattr(context, "addJobTag"):
        ip.events.register("pre_run_cell", before)
        ip.events.register("post_run_cell", after)


def _doing(session):
    context = session.sparkContext
    if context._jsc is None:
        return {}
    page = context._jsc.sc().ui()
    return {
        "application": context.applicationId,
        "jobs": len(context.statusTracker().getActiveJobsIds()),
        "streams": len(session.streams.active),
        "port": page.get().boundPort() if page.nonEmpty() else 0,
    }
