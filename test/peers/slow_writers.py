"""Clients that send one byte every --every seconds: half of a TLS ClientHello, or a line that never ends.

--handshakes of the one kind and --lines of the other, each from an address of its
own (127.1.0.1 and so on). Prints one JSON object a line: {"begun": N} once all have
sent their first byte, {"gone": {"handshakes": [seconds each lived, from its first
byte], "lines": N}} once no handshake is left, and {"left": N} for the lines that
were still open when stdin ended.
"""

import argparse
import json
import resource
import select
import socket
import ssl
import sys
import time

parser = argparse.ArgumentParser()
parser.add_argument('host')
parser.add_argument('port', type=int)
parser.add_argument('--handshakes', type=int, default=0)
parser.add_argument('--lines', type=int, default=0)
parser.add_argument('--every', type=float, default=1)
options = parser.parse_args()

soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def say_line(**facts):
    print(json.dumps(facts), flush=True)


def client_hello():
    context = ssl.create_default_context()
    context.set_alpn_protocols(['sockterm/1'])
    incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
    handshake = context.wrap_bio(incoming, outgoing, server_hostname='sockterm')
    try:
        handshake.do_handshake()
    except ssl.SSLWantReadError:
        pass
    return outgoing.read()


class Writer:
    def __init__(self, number, is_handshake):
        self.is_handshake = is_handshake
        self.rest = hello if is_handshake else b'never a whole line ' * 1000
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        self.socket.bind((f'127.1.{number // 250}.{number % 250 + 1}', 0))
        self.socket.connect((options.host, options.port))
        self.socket.setblocking(False)
        self.began = 0

    def write(self):
        """Sends one byte; what became of that shows when the connection is looked at."""
        self.began = self.began or time.monotonic()
        try:
            self.socket.send(self.rest[:1])
        except OSError:
            return
        self.rest = self.rest[1:]


hello = client_hello()
poll = select.epoll()
poll.register(sys.stdin.fileno(), select.EPOLLIN | select.EPOLLHUP)
writers = {}
lived = []
lost_lines = 0
# Half of them are handshakes from the start on, where there are as many of both.
kinds = []
for index in range(max(options.handshakes, options.lines)):
    kinds += [True] * (index < options.handshakes) + [False] * (index < options.lines)
for number, is_handshake in enumerate(kinds):
    writer = Writer(number, is_handshake)
    writers[writer.socket.fileno()] = writer
    poll.register(writer.socket.fileno(), select.EPOLLRDHUP)
for writer in writers.values():
    writer.write()
say_line(begun=len(writers))

is_over = is_told = False
next_at = time.monotonic() + options.every
while not is_over:
    for number, event in poll.poll(max(0, next_at - time.monotonic())):
        if number == sys.stdin.fileno():
            is_over = not sys.stdin.readline()
            continue
        poll.unregister(number)
        writer = writers.pop(number)
        writer.socket.close()
        if writer.is_handshake:
            lived.append(round(time.monotonic() - writer.began, 2))
        else:
            lost_lines += 1
    if len(lived) == options.handshakes and not is_told:
        is_told = True
        say_line(gone={'handshakes': lived, 'lines': lost_lines})
    if time.monotonic() >= next_at:
        next_at += options.every
        for writer in writers.values():
            writer.write()
say_line(left=len(writers))
