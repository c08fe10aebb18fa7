"""The TCP client of a course on sockets: connects, sends GBK text without a newline, closes.

Prints `connected PORT` (its own), `received TEXT` when --wait asks for one
answer, and `closed`.
"""

import argparse
import socket
import sys

parser = argparse.ArgumentParser()
parser.add_argument('host')
parser.add_argument('port', type=int)
parser.add_argument('text')
parser.add_argument('--wait', action='store_true', help='read once before closing')
options = parser.parse_args()
sys.stdout.reconfigure(encoding='utf-8', line_buffering=True)

client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client.connect((options.host, options.port))
print('connected', client.getsockname()[1])
client.send(options.text.encode('gbk'))
if options.wait:
    print('received', client.recv(1024).decode('gbk', 'replace').rstrip('\r\n'))
client.close()
print('closed')
