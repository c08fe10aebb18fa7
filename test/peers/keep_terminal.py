"""Runs a program in this terminal as a shell with job control does, and says whether the terminal is as it was.

Writes the program's process id into PIDFILE. Each time the program stops, prints
`stopped, terminal same` or `stopped, terminal changed: WHAT` and waits for a line,
then lets it go on in the foreground. Waits for its end and
prints `terminal same` or `terminal changed: WHAT`, and `code N` (negative: the signal).
"""

import os
import signal
import subprocess
import sys
import termios

FIELDS = ['input', 'output', 'control', 'local', 'input speed', 'output speed', 'characters']

pid_file, command = sys.argv[1], sys.argv[2:]
before = termios.tcgetattr(0)
# Keys meant for the program are not for this one, and it may write and take the terminal from behind.
for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGHUP, signal.SIGTTOU):
    signal.signal(number, signal.SIG_IGN)


def program_begins():
    for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)
    os.setpgid(0, 0)
    os.tcsetpgrp(0, os.getpid())
    signal.signal(signal.SIGTTOU, signal.SIG_DFL)


def compared():
    changed = [name for name, old, new in zip(FIELDS, before, termios.tcgetattr(0)) if old != new]
    return 'terminal changed: ' + ', '.join(changed) if changed else 'terminal same'


child = subprocess.Popen(command, preexec_fn=program_begins)
with open(pid_file, 'w') as file:
    file.write(f'{child.pid}\n')
while True:
    _, status = os.waitpid(child.pid, os.WUNTRACED)
    os.tcsetpgrp(0, os.getpgrp())
    if not os.WIFSTOPPED(status):
        break
    print('stopped,', compared(), flush=True)
    sys.stdin.readline()
    os.tcsetpgrp(0, child.pid)
    os.kill(-child.pid, signal.SIGCONT)
print(compared())
print('code', os.waitstatus_to_exitcode(status), flush=True)
