"""Sends the first half of a real TLS ClientHello and then nothing, holding the connection.

Prints `connected PORT`, `received HEX` for what comes back, and `closed after SECONDS`.
"""

import argparse
import socket
import ssl
import sys
import time

parser = argparse.ArgumentParser()
parser.add_argument('host')
parser.add_argument('port', type=int)
parser.add_argument('--bytes', type=int, default=100, help='how much of it to send')
options = parser.parse_args()
sys.stdout.reconfigure(line_buffering=True)

context = ssl.create_default_context()
context.set_alpn_protocols(['sockterm/1'])
incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
handshake = context.wrap_bio(incoming, outgoing, server_hostname='sockterm')
try:
    handshake.do_handshake()
except ssl.SSLWantReadError:
    pass
hello = outgoing.read()

client = socket.create_connection((options.host, options.port))
start = time.monotonic()
client.sendall(hello[:options.bytes])
print('connected', client.getsockname()[1])
try:
    while data := client.recv(1024):
        print('received', data.hex())
except OSError:
    pass
print(f'closed after {time.monotonic() - start:.1f}')
