# Process 1 of a host: starts sshd, then collects orphans for as long as the host is on.
cd /
# What a Debian host gives a login; whoever made the lab may have had more.
ulimit -S -n 1024
/usr/sbin/sshd -E /var/log/sshd.log || { cat /var/log/sshd.log >&2; exit 1; }
# sshd writes its process id once it listens.
until [ -s /run/sshd.pid ]; do sleep 0.02; done
echo up
exec >/dev/null 2>&1
# Waiting for a child that never ends collects every other that does, its own or adopted.
sleep infinity &
while :; do wait; done
