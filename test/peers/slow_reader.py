"""A raw client that says one line and then never reads, with the smallest receive buffer.

Whoever writes to it for good must cut it. It watches the connection without
reading and prints `connected PORT`, then `cut after SECONDS` when it is gone.
"""

import argparse
import select
import socket
import sys
import time

parser = argparse.ArgumentParser()
parser.add_argument('host')
parser.add_argument('port', type=int)
parser.add_argument('--text', default='I never read')
options = parser.parse_args()
sys.stdout.reconfigure(line_buffering=True)

client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1)
client.connect((options.host, options.port))
client.sendall(options.text.encode() + b'\n')
print('connected', client.getsockname()[1])

start = time.monotonic()
watch = select.poll()
# No POLLIN: what arrives stays in the buffers. A reset or a FIN still shows.
watch.register(client, getattr(select, 'POLLRDHUP', 0))
while not watch.poll():
    pass
print(f'cut after {time.monotonic() - start:.1f}')
