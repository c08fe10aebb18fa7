"""Rooms (docs/protocol.md, 7): names, streams, signatures, who has what, and who wants what."""

import base64
import hashlib
import pathlib
import struct
import time

from ed25519_identity import BASE, D, L, P, add, compress, multiply, sign
from .cpace import lv

FEATURE = 'rooms'


def decompress(data):
    """The point of these 32 bytes, or None: RFC 8032, 5.1.3."""
    y = int.from_bytes(data, 'little')
    odd, y = y >> 255, y & (1 << 255) - 1
    if y >= P:
        return None
    u, v = (y * y - 1) % P, (D * y * y + 1) % P
    x = u * pow(v, 3, P) * pow(u * pow(v, 7, P), (P - 5) // 8, P) % P
    if v * x * x % P == -u % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if v * x * x % P != u or (x == 0 and odd):
        return None
    if x & 1 != odd:
        x = P - x
    return x, y, 1, x * y % P


def is_signed(public, message, signature):
    """RFC 8032, 5.1.7."""
    point, scalar = decompress(public), int.from_bytes(signature[32:], 'little')
    if point is None or scalar >= L:
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), 'little') % L
    x, y, z, t = point
    difference = add(multiply(scalar, BASE), multiply(k, (-x % P, y, z, -t % P)))
    return compress(difference) == signature[:32]


def seed_of(identity):
    """A PKCS #8 file of an Ed25519 key ends in its 32 bytes."""
    lines = pathlib.Path(identity.key).read_text().split('\n')
    return base64.b64decode(''.join(line for line in lines if '-' not in line))[-32:]


def u64(*numbers):
    return struct.pack(f'>{len(numbers)}Q', *numbers)


def signed_text(kind, body):
    parts = [f'sockterm/1 room {kind}'.encode(), body['room'].encode(), bytes.fromhex(body['author'])]
    if kind == 'message':
        parts += [u64(body['stream'], body['seq'], body['at']), body['nick'].encode(), body['text'].encode()]
    else:
        parts += [u64(body['at']), body['nick'].encode(), body['topic'].encode()]
    return lv(*parts)


def check(kind, body):
    """That its author has signed it."""
    signature = bytes.fromhex(body['signature'])
    assert is_signed(bytes.fromhex(body['author']), signed_text(kind, body), signature), f'{kind} is not signed'
    return body


class Author:
    """One run of one author in one room."""

    def __init__(self, peer, room):
        self.peer, self.room = peer, room
        self.seed = seed_of(peer.identity)
        self.stream = int(time.time() * 1_000) * 1_024
        self.said = []

    def signed(self, kind, body):
        body = {'room': self.room, 'author': self.peer.peer_id.hex(), 'nick': self.peer.nick} | body
        return body | {'signature': sign(self.seed, signed_text(kind, body)).hex()}

    def say(self, text):
        self.said.append(self.signed('message', {
            'stream': self.stream, 'seq': len(self.said) + 1, 'at': int(time.time() * 1_000), 'text': text}))
        return self.said[-1]

    def topic(self, text, after=0):
        return self.signed('topic', {'at': max(int(time.time() * 1_000), after + 1), 'topic': text})

    @property
    def held(self):
        return {'author': self.peer.peer_id.hex(), 'stream': self.stream, 'from': 1, 'to': len(self.said)}
