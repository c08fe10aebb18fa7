"""Sends bytes that belong to no protocol, or to another one, and prints what comes of it.

  http      a browser's GET
  random    4 KiB of noise (the same noise every time)
  zeros     4 KiB of NUL
  long      1 MiB of one line that never ends
  fake-tls  the first byte of TLS, then noise

Prints `connected PORT`, `received HEX` for what comes back, and `closed` when
the other side closes; with --leave it closes by itself after sending.
"""

import argparse
import random
import socket
import sys

noise = random.Random(1).randbytes(4096)
kinds = {
    'http': b'GET / HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\n\r\n',
    # Never the first byte of TLS, which would be another test.
    'random': b'\xff' + noise,
    'zeros': bytes(4096),
    'long': b'x' * 1024 * 1024,
    'fake-tls': b'\x16\x03\x01\x02\x00' + noise,
}

parser = argparse.ArgumentParser()
parser.add_argument('host')
parser.add_argument('port', type=int)
parser.add_argument('kind', choices=kinds)
parser.add_argument('--leave', action='store_true')
options = parser.parse_args()
sys.stdout.reconfigure(line_buffering=True)

client = socket.create_connection((options.host, options.port))
print('connected', client.getsockname()[1])
try:
    client.sendall(kinds[options.kind])
    if options.leave:
        client.shutdown(socket.SHUT_WR)
    while data := client.recv(4096):
        print('received', data.hex())
except OSError:
    pass
print('closed')
