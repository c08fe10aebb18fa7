"""The UDP client of a course on sockets: sends each text as one GBK datagram.

Prints `sent PORT` (its own), and `received TEXT` when --wait asks for one answer.
"""

import argparse
import socket
import sys

parser = argparse.ArgumentParser()
parser.add_argument('host')
parser.add_argument('port', type=int)
parser.add_argument('texts', nargs='+')
parser.add_argument('--wait', action='store_true', help='read one answer before closing')
options = parser.parse_args()
sys.stdout.reconfigure(encoding='utf-8', line_buffering=True)

client = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
for text in options.texts:
    client.sendto(text.encode('gbk'), (options.host, options.port))
print('sent', client.getsockname()[1])
if options.wait:
    print('received', client.recvfrom(1024)[0].decode('gbk', 'replace').rstrip('\r\n'))
client.close()
