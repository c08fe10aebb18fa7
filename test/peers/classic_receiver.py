"""The file receiver of a course on sockets, as it is: it counts reads, not bytes.

For each connection: sends the prompt, reads the name with one recv(1024) and the
size with another one, answers, then calls recv(2048) size // 2048 + 1 times,
however few bytes each call gives, and closes. So it loses the end of a file that
arrives in pieces, and mistakes name and size that arrive together.

Prints `bound PORT`, and for each file `name NAME`, `size N` and `kept N`, or
`broken ERROR`. Files are written to the folder given.
"""

import argparse
import os
import socket
import struct
import sys

parser = argparse.ArgumentParser()
parser.add_argument('folder')
parser.add_argument('--host', default='127.0.0.1')
parser.add_argument('--port', type=int, default=0)
options = parser.parse_args()
sys.stdout.reconfigure(encoding='utf-8', line_buffering=True)

server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind((options.host, options.port))
server.listen(5)
print('bound', server.getsockname()[1])


def receive(client):
    client.send('请输入文件名'.encode('gbk'))
    name = client.recv(1024).decode('gbk')
    print('name', name)
    size = struct.unpack('q', client.recv(1024))[0]
    print('size', size)
    client.send('开始传输'.encode('gbk'))
    kept = 0
    with open(os.path.join(options.folder, name), 'wb') as file:
        for _ in range(size // 2048 + 1):
            kept += file.write(client.recv(2048))
    # Before its end is seen: whoever waits for the line finds the file.
    print('kept', kept)


while True:
    client, _ = server.accept()
    try:
        receive(client)
    except (OSError, ValueError, struct.error) as error:
        print('broken', error)
    client.close()
