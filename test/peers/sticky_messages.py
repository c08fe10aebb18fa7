"""A raw client that sends three messages at once, each with its length in front (4 bytes,
big endian), and GBK text in two pieces that are cut inside a character.

Prints `sent 3`, and `sent text` after a line on standard input.
"""

import socket
import struct
import sys
import time

sys.stdout.reconfigure(line_buffering=True)
client = socket.create_connection((sys.argv[1], int(sys.argv[2])))
client.sendall(b''.join(
    struct.pack('>I', len(message)) + message
    for message in (b'first', b'next', b'third')
))
print('sent 3')

sys.stdin.readline()
text = '断开的字'.encode('gbk')
client.sendall(struct.pack('>I', len(text)) + text[:3])
time.sleep(0.3)
client.sendall(text[3:])
print('sent text')
sys.stdin.read()
client.close()
