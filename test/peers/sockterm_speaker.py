"""A speaker of sockterm/1 for peers that behave badly. What keeps to docs/protocol.md is in speaker/.

`Speaker(host, port)` dials, speaks TLS 1.3 with a fresh Ed25519 key and the
ALPN name, and moves control frames: u32 big endian length of what follows,
u8 type, UTF-8 JSON. It checks nothing and forbids nothing: badly behaved peers
are made of it. As a program it says hello and prints every control message
that comes as one JSON line, answering MESSAGE with ACK and PING with PONG.
Orders come on stdin, one a line: `say TEXT`, `frame TYPE JSON`, `raw HEX`, `bye`.
"""

import argparse
import json
import os
import socket
import ssl
import struct
import sys
import tempfile
import threading

from ed25519_identity import write_identity

TYPES = {
    'hello': 0x81, 'message': 0x82, 'ack': 0x02,
    'offer': 0x90, 'accept': 0x91, 'decline': 0x92, 'withdraw': 0x93,
    'lane': 0x94, 'pause': 0x95, 'goOn': 0x96, 'cancel': 0x97, 'nick': 0x07,
    'ping': 0x03, 'pong': 0x04, 'error': 0x05, 'bye': 0x06,
}
NAMES = {number: name for name, number in TYPES.items()}


class Identity:
    """A key and its certificate in a temporary folder, for as long as the object lives."""

    def __init__(self):
        self.folder = tempfile.TemporaryDirectory(prefix='sockterm-speaker-')
        self.key, self.certificate, self.peer_id = write_identity(self.folder.name)


class Speaker:
    def __init__(self, host, port, alpn='sockterm/1', identity=None, timeout=30):
        self.identity = identity or Identity()
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        context.minimum_version = ssl.TLSVersion.TLSv1_3
        if alpn:
            context.set_alpn_protocols([alpn])
        context.load_cert_chain(self.identity.certificate, self.identity.key)
        plain = socket.create_connection((host, port), timeout)
        self.local_port = plain.getsockname()[1]
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket = context.wrap_socket(plain)
        self.alpn = self.socket.selected_alpn_protocol()
        self.lock = threading.Lock()

    def send_bytes(self, data):
        with self.lock:
            self.socket.sendall(data)

    def send_frame(self, kind, payload):
        """One frame: a type number and payload bytes, however wrong they are."""
        self.send_bytes(struct.pack('>IB', len(payload) + 1, kind) + payload)

    def send(self, name, **body):
        self.send_frame(TYPES[name], json.dumps(body, ensure_ascii=False).encode('utf-8'))

    def hello(self, nick='speaker', role='console', **more):
        self.send('hello', versions=[1], features=[], nick=nick,
                  instance=os.urandom(16).hex(), role=role, **more)

    def read_exactly(self, count):
        data = b''
        while len(data) < count:
            part = self.socket.recv(count - len(data))
            if not part:
                raise EOFError
            data += part
        return data

    def read_frame(self):
        """The next frame as (type, payload); EOFError or OSError when the connection is gone."""
        length, kind = struct.unpack('>IB', self.read_exactly(5))
        return kind, self.read_exactly(length - 1)

    def receive(self):
        """The next control message as (name, body)."""
        kind, payload = self.read_frame()
        return NAMES.get(kind, f'type 0x{kind:02x}'), json.loads(payload)

    def messages(self, answer=True):
        """All control messages until the connection ends; keeps the session alive meanwhile."""
        try:
            while True:
                name, body = self.receive()
                if answer and name == 'ping':
                    self.send('pong', nonce=body['nonce'])
                elif answer and name == 'message':
                    self.send('ack', id=body['id'])
                yield name, body
        except (EOFError, OSError):
            return

    def close(self):
        self.socket.close()


def say_line(**facts):
    print(json.dumps(facts, ensure_ascii=False), flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('host')
    parser.add_argument('port', type=int)
    parser.add_argument('--nick', default='speaker')
    options = parser.parse_args()
    sys.stdout.reconfigure(encoding='utf-8')

    speaker = Speaker(options.host, options.port)
    say_line(connected=speaker.local_port, peerId=speaker.identity.peer_id.hex())
    speaker.hello(options.nick)

    def obey():
        for number, line in enumerate(sys.stdin):
            order, _, rest = line.rstrip('\n').partition(' ')
            if order == 'say':
                speaker.send('message', id=f'speaker-{number}', text=rest)
            elif order == 'frame':
                kind, _, payload = rest.partition(' ')
                speaker.send_frame(int(kind, 16), payload.encode('utf-8'))
            elif order == 'raw':
                speaker.send_bytes(bytes.fromhex(rest))
            elif order == 'bye':
                speaker.send('bye')
                speaker.socket.shutdown(socket.SHUT_WR)

    threading.Thread(target=obey, daemon=True).start()
    for name, body in speaker.messages():
        say_line(name=name, **body)
    say_line(closed=True)
    # The thread may still wait for stdin.
    os._exit(0)


if __name__ == '__main__':
    main()
