"""A raw client that sends so many bytes as lines of 100 bytes, and one last line.

Tries to connect until somebody listens. Prints `connected`, and `sent` with the
seconds once the system has taken everything; keeps the connection open until its
standard input ends.
"""

import argparse
import socket
import sys
import time

parser = argparse.ArgumentParser()
parser.add_argument('host')
parser.add_argument('port', type=int)
parser.add_argument('--bytes', type=int, default=64 << 20)
parser.add_argument('--per-second', type=int, default=0, help='bytes; 0: as fast as it goes')
options = parser.parse_args()
sys.stdout.reconfigure(line_buffering=True)

for _ in range(200):
    try:
        client = socket.create_connection((options.host, options.port))
        break
    except OSError:
        time.sleep(0.05)
else:
    sys.exit('nobody listens')

print('connected')
batch = b''.join(b'line %08d %s\n' % (number, b'x' * 85) for number in range(655))
start = time.monotonic()
sent = 0
while sent < options.bytes:
    client.sendall(batch)
    sent += len(batch)
    if options.per_second:
        early = start + sent / options.per_second - time.monotonic()
        if early > 0:
            time.sleep(early)
client.sendall(b'the last line\n')
print('sent', round(time.monotonic() - start, 3))
sys.stdin.read()
client.close()
