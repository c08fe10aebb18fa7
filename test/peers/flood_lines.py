"""A raw client that sends numbered lines at a steady rate, and says what it really sent.

Lines are `line 00000000`, `line 00000001`, … so that a reader can see a gap, a
double or a wrong order. They leave in batches every 5 ms on an absolute
schedule; if the other side stops reading, the send blocks and the figures say so.

Prints `connected PORT`, then one JSON object:
{"sent": lines, "seconds": time, "perSecond": rate, "blockedSeconds": time spent in send}
"""

import argparse
import json
import socket
import sys
import time

parser = argparse.ArgumentParser()
parser.add_argument('host')
parser.add_argument('port', type=int)
parser.add_argument('--per-second', type=int, default=10_000)
parser.add_argument('--seconds', type=float, default=5)
options = parser.parse_args()
sys.stdout.reconfigure(line_buffering=True)

TICK = 0.005
client = socket.create_connection((options.host, options.port))
print('connected', client.getsockname()[1])

sent = 0
blocked = 0.0
total = int(options.per_second * options.seconds)
start = time.monotonic()
while sent < total:
    elapsed = time.monotonic() - start
    due = min(total, int((elapsed + TICK) * options.per_second))
    if due > sent:
        batch = b''.join(b'line %08d\n' % number for number in range(sent, due))
        before = time.monotonic()
        client.sendall(batch)
        blocked += time.monotonic() - before
        sent = due
    time.sleep(max(0.0, TICK - (time.monotonic() - start - elapsed)))
seconds = time.monotonic() - start
print(json.dumps({
    'sent': sent,
    'seconds': round(seconds, 3),
    'perSecond': round(sent / seconds),
    'blockedSeconds': round(blocked, 3),
}))
client.close()
