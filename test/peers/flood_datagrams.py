"""Sends datagrams as fast as it can, or at a steady rate, and says how many.

Each holds its number (8 bytes, big endian) and padding. Prints one JSON object:
{"sent": N, "seconds": T, "perSecond": R}.
"""

import argparse
import json
import socket
import time

parser = argparse.ArgumentParser()
parser.add_argument('host')
parser.add_argument('port', type=int)
parser.add_argument('--seconds', type=float, default=3)
parser.add_argument('--per-second', type=int, default=0, help='0: as fast as it can')
parser.add_argument('--size', type=int, default=100)
options = parser.parse_args()

client = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
client.connect((options.host, options.port))
padding = b'.' * (options.size - 8)
sent = 0
start = time.monotonic()
end = start + options.seconds
while (now := time.monotonic()) < end:
    due = int((now - start) * options.per_second) if options.per_second else sent + 100
    while sent < due:
        client.send(sent.to_bytes(8, 'big') + padding)
        sent += 1
    if options.per_second:
        time.sleep(0.002)
seconds = time.monotonic() - start
print(json.dumps({
    'sent': sent,
    'seconds': round(seconds, 3),
    'perSecond': round(sent / seconds),
}))
