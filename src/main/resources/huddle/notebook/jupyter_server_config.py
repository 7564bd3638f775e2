# Written by huddle; `huddle up` and `huddle notebook` overwrite it.
import os

c = get_config()  # noqa: F821

with open(os.path.join(os.environ["HUDDLE_HOME"], "conf", "notebook.token"), encoding="utf-8") as token:
    c.IdentityProvider.token = token.read().strip()
c.ServerApp.jpserver_extensions = {"huddle_server": True}
c.ServerApp.kernel_manager_class = "huddle_server.Kernels"
c.ServerApp.open_browser = False
# A cluster may be root's own, on a machine of its own.
c.ServerApp.allow_root = os.geteuid() == 0
# Hosts need no internet: nothing is looked for there.
c.LabApp.news_url = None
c.LabApp.check_for_updates_class = "jupyterlab.NeverCheckForUpdate"
c.LabApp.extension_manager = "readonly"
c.KernelSpecManager.ensure_native_kernel = False
c.MultiKernelManager.default_kernel_name = "spark"
c.KernelSpecManager.allowed_kernelspecs = {"spark", "spark-connect"}
# Kernels talk over sockets that only this login can open; ports on loopback are open to every user of the host.
c.KernelManager.transport = "ipc"
# The address in the launcher; huddle_server answers there, and to everything below /proxy/.
c.ServerProxy.servers = {
    "spark-pages": {
        "command": [],
        "unix_socket": os.path.join(os.environ["JUPYTER_RUNTIME_DIR"], "none"),
        "new_browser_tab": True,
        "launcher_entry": {"title": "Spark pages", "path_info": "huddle/pages"},
    }
}
idle = 4 * 3600
try:
    with open(os.path.join(os.environ["HUDDLE_HOME"], "notebook", "idle"), encoding="ascii") as seconds:
        idle = max(1, int(seconds.read(10)))
except (OSError, ValueError):
    pass
c.MappingKernelManager.cull_idle_timeout = idle
c.MappingKernelManager.cull_interval = max(1, min(60, idle // 3))
# A browser tab left open is no reason to keep a driver's memory for ever.
c.MappingKernelManager.cull_connected = True
