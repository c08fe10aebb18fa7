"""Runs a program in a terminal that goes away under it, and says how the program ended.

`--controlling` makes it the program's controlling terminal: then the system says
SIGHUP. Without it only reads and writes fail. `--ignore-hangup` starts the program
as nohup does. Waits until the program has drawn something, closes the terminal, and
prints `code N` (negative: the signal), or `still running` after ten seconds.
"""

import fcntl
import os
import pty
import signal
import subprocess
import sys
import termios

flags = [argument for argument in sys.argv[1:] if argument in ('--controlling', '--ignore-hangup')]
command = sys.argv[1 + len(flags):]
master, slave = pty.openpty()
termios.tcsetwinsize(slave, (24, 80))


def program_begins():
    if '--ignore-hangup' in flags:
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
    if '--controlling' in flags:
        fcntl.ioctl(0, termios.TIOCSCTTY, 0)


child = subprocess.Popen(command, stdin=slave, stdout=slave, stderr=slave,
                         start_new_session=True, preexec_fn=program_begins)
os.close(slave)
seen = b''
while b'udp ' not in seen:
    seen += os.read(master, 65536)
os.close(master)
try:
    print('code', child.wait(10), flush=True)
except subprocess.TimeoutExpired:
    print('still running', flush=True)
    child.kill()
    child.wait()
