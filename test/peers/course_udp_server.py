"""The UDP server of a course on sockets: prints the GBK text of every datagram and who sent it.

Prints: `bound PORT`, then `received HOST PORT TEXT`.
"""

import argparse
import socket
import sys

parser = argparse.ArgumentParser()
parser.add_argument('--host', default='127.0.0.1')
parser.add_argument('--port', type=int, default=10000)
parser.add_argument('--answer', default='', help='GBK text to send back')
options = parser.parse_args()
sys.stdout.reconfigure(encoding='utf-8', line_buffering=True)

server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind((options.host, options.port))
print('bound', server.getsockname()[1])

while True:
    data, address = server.recvfrom(1024)
    print('received', address[0], address[1], data.decode('gbk', 'replace').rstrip('\r\n'))
    if options.answer:
        server.sendto(options.answer.encode('gbk'), address)
