"""The file sender of a course on sockets: reads the prompt, says name and size at once.

For each file: connects, reads the prompt, sends the bare name in GBK and, without
waiting, the size as one `q`; reads the answer, sends the file and closes. What the
receiver reads first is name and size in one piece, most times.

Options make it another one: --pause waits between name and size; --size and --name
say something else than is true; --raw-name is the name's bytes in hex; --stop-after
closes (--reset breaks off) after so many bytes; --times sends all files again.

Prints `sent NAME` for each file, `no answer` where the receiver closed instead, or
`broken ERROR`.
"""

import argparse
import os
import socket
import struct
import sys
import time

parser = argparse.ArgumentParser()
parser.add_argument('host')
parser.add_argument('port', type=int)
parser.add_argument('files', nargs='+')
parser.add_argument('--pause', type=float, default=0)
parser.add_argument('--size', type=int)
parser.add_argument('--name')
parser.add_argument('--raw-name')
parser.add_argument('--stop-after', type=int)
parser.add_argument('--reset', action='store_true')
parser.add_argument('--times', type=int, default=1)
options = parser.parse_args()
sys.stdout.reconfigure(encoding='utf-8', line_buffering=True)


def send(path):
    client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    client.connect((options.host, options.port))
    assert client.recv(1024).decode('gbk') == '请输入文件名'
    name = options.name or os.path.basename(path)
    raw = bytes.fromhex(options.raw_name) if options.raw_name else name.encode('gbk')
    client.send(raw)
    time.sleep(options.pause)
    size = os.path.getsize(path) if options.size is None else options.size
    client.send(struct.pack('q', size))
    if client.recv(1024).decode('gbk') != '开始传输':
        print('no answer')
        client.close()
        return
    left = options.stop_after
    with open(path, 'rb') as file:
        while data := file.read(2048 if left is None else min(2048, left)):
            client.sendall(data)
            if left is not None:
                left -= len(data)
    if options.reset:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))
    client.close()
    print('sent', name)


for _ in range(options.times):
    for path in options.files:
        try:
            send(path)
        except OSError as error:
            print('broken', error)
