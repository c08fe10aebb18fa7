"""A TLS client that knows nothing of sockterm (as `openssl s_client`): sends one line, prints what comes back.

Prints `connected PORT`, `received TEXT` for each read, and `closed`. Stays until stdin ends.
"""

import os
import socket
import ssl
import sys
import threading

host, port, text = sys.argv[1], int(sys.argv[2]), sys.argv[3]
sys.stdout.reconfigure(encoding='utf-8', line_buffering=True)
context = ssl.create_default_context()
context.check_hostname = False
context.verify_mode = ssl.CERT_NONE
client = context.wrap_socket(socket.create_connection((host, port)))
print('connected', client.getsockname()[1])
client.sendall(text.encode('utf-8') + b'\n')


def leave():
    sys.stdin.read()
    client.shutdown(socket.SHUT_RDWR)
    os._exit(0)


threading.Thread(target=leave, daemon=True).start()
while data := client.recv(4096):
    print('received', data.decode('utf-8', 'replace').rstrip('\r\n'))
print('closed')
os._exit(0)
