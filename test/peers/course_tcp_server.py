"""The TCP server of a course on sockets: one client after another, GBK, prints what it gets.

It binds with address reuse, listens, accepts, reads with recv(1024) and decodes
each read by itself, as a beginner's program does. It answers nothing, or one
greeting when --greet is given.

Prints: `bound PORT`, then `connected HOST PORT`, `received TEXT`, `left`.
"""

import argparse
import socket
import sys

parser = argparse.ArgumentParser()
parser.add_argument('--host', default='127.0.0.1')
parser.add_argument('--port', type=int, default=0)
parser.add_argument('--backlog', type=int, default=5)
parser.add_argument('--greet', default='')
options = parser.parse_args()
sys.stdout.reconfigure(encoding='utf-8', line_buffering=True)

server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind((options.host, options.port))
server.listen(options.backlog)
print('bound', server.getsockname()[1])

while True:
    client, address = server.accept()
    print('connected', address[0], address[1])
    if options.greet:
        client.send(options.greet.encode('gbk'))
    try:
        while data := client.recv(1024):
            print('received', data.decode('gbk', 'replace').rstrip('\r\n'))
    except OSError as error:
        print('broken', error)
    print('left')
    client.close()
