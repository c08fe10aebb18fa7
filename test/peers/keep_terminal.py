"""Runs a program in this terminal and says afterwards whether the terminal is as it was.

Writes the program's process id into PIDFILE, waits for its end and prints
`terminal same` or `terminal changed: WHAT`, and `code N` (negative: the signal).
"""

import signal
import subprocess
import sys
import termios

FIELDS = ['input', 'output', 'control', 'local', 'input speed', 'output speed', 'characters']

pid_file, command = sys.argv[1], sys.argv[2:]
before = termios.tcgetattr(0)
# Keys meant for the program are not for this one.
for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGHUP):
    signal.signal(number, lambda *_: None)
child = subprocess.Popen(command)
with open(pid_file, 'w') as file:
    file.write(f'{child.pid}\n')
code = child.wait()
after = termios.tcgetattr(0)
changed = [name for name, old, new in zip(FIELDS, before, after) if old != new]
print('terminal changed: ' + ', '.join(changed) if changed else 'terminal same')
print('code', code, flush=True)
