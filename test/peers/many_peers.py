"""Many encrypted peers in one process: each has its key, says hello, answers pings and does nothing else.

Opens COUNT sessions, --at-once of them under way at a time, each from an address of
its own (127.1.0.1 and so on). Prints one JSON object a line: {"ready": N} when all
have had the other side's HELLO, {"cut": N} whenever sessions have ended by
themselves, and {"left": N, "pings": P, "fewest": F} when stdin has ended: sessions
that were still open, the pings answered on all of them, and the fewest on one.
"""

import argparse
import json
import os
import resource
import select
import socket
import ssl
import struct
import sys

from sockterm_speaker import NAMES, TYPES, Identity

parser = argparse.ArgumentParser()
parser.add_argument('host')
parser.add_argument('port', type=int)
parser.add_argument('count', type=int)
parser.add_argument('--at-once', type=int, default=8)
options = parser.parse_args()

soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def say_line(**facts):
    print(json.dumps(facts), flush=True)


def make_context():
    identity = Identity()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.set_alpn_protocols(['sockterm/1'])
    context.load_cert_chain(identity.certificate, identity.key)
    return context


class Peer:
    def __init__(self, number, context):
        self.number = number
        self.is_ready = False
        self.is_said = False
        self.pings = 0
        self.data = b''
        self.incoming, self.outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        self.tls = context.wrap_bio(self.incoming, self.outgoing)
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        self.socket.bind((f'127.1.{number // 250}.{number % 250 + 1}', 0))
        self.socket.connect((options.host, options.port))
        self.advance()

    def send(self, name, **body):
        payload = json.dumps(body).encode('utf-8')
        self.tls.write(struct.pack('>IB', len(payload) + 1, TYPES[name]) + payload)

    def advance(self):
        """Goes on with what has come, and sends what there is to be sent."""
        try:
            if not self.is_said:
                self.tls.do_handshake()
                self.send('hello', versions=[1], features=[], nick=f'peer {self.number}',
                          instance=os.urandom(16).hex(), role='console')
                self.is_said = True
            while part := self.tls.read(65536):
                self.data += part
        except ssl.SSLWantReadError:
            pass
        self.take_frames()
        if self.outgoing.pending:
            self.socket.sendall(self.outgoing.read())

    def take_frames(self):
        while len(self.data) >= 5:
            length, kind = struct.unpack('>IB', self.data[:5])
            if len(self.data) < 4 + length:
                return
            payload, self.data = self.data[5:4 + length], self.data[4 + length:]
            name = NAMES.get(kind)
            if name == 'hello':
                self.is_ready = True
            elif name == 'ping':
                self.pings += 1
                self.send('pong', nonce=json.loads(payload)['nonce'])

    def read(self):
        """False when the connection is over."""
        try:
            data = self.socket.recv(65536)
            if not data:
                return False
            self.incoming.write(data)
            self.advance()
            return True
        except (OSError, ssl.SSLError):
            return False


contexts = [make_context() for _ in range(options.count)]
poll = select.epoll()
poll.register(sys.stdin.fileno(), select.EPOLLIN | select.EPOLLHUP)
peers = {}
opened = ready = 0
is_over = is_told = False
while not is_over:
    while opened < options.count and opened - ready < options.at_once:
        peer = Peer(opened, contexts[opened])
        peers[peer.socket.fileno()] = peer
        poll.register(peer.socket.fileno(), select.EPOLLIN | select.EPOLLRDHUP)
        opened += 1
    cut = 0
    for number, event in poll.poll():
        if number == sys.stdin.fileno():
            is_over = not sys.stdin.readline()
            continue
        peer = peers[number]
        was_ready = peer.is_ready
        is_alive = peer.read()
        # One that is cut before it was ready does not hold up the others.
        if not was_ready and (peer.is_ready or not is_alive):
            ready += 1
        if not is_alive:
            cut += 1
            poll.unregister(number)
            peers.pop(number).socket.close()
    if cut:
        say_line(cut=cut)
    if ready == options.count and not is_told:
        is_told = True
        say_line(ready=sum(peer.is_ready for peer in peers.values()))
counts = [peer.pings for peer in peers.values()]
say_line(left=len(peers), pings=sum(counts), fewest=min(counts, default=0))
for peer in peers.values():
    peer.send('bye')
    peer.socket.sendall(peer.outgoing.read())
    peer.socket.close()
