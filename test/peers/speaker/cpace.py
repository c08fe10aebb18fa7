"""CPace over ristretto255 with SHA-512, initiator/responder form (draft-irtf-cfrg-cpace-21)."""

import hashlib
import secrets

from .ristretto255 import L, decode, element_of, encode, multiply

DSI = b'CPaceRistretto255'
BLOCK_OF_SHA512 = 128
NEUTRAL = bytes(32)


def with_length(part):
    count, prefix = len(part), b''
    while count > 127:
        prefix += bytes([count & 127 | 128])
        count >>= 7
    return prefix + bytes([count]) + part


def lv(*parts):
    """Each part behind its length in LEB128."""
    return b''.join(with_length(part) for part in parts)


def generator(prs, ci, sid):
    padding = max(0, BLOCK_OF_SHA512 - 1 - len(lv(prs)) - len(lv(DSI)))
    text = lv(DSI, prs, bytes(padding), ci, sid)
    return element_of(hashlib.sha512(text).digest())


def random_scalar():
    return secrets.randbelow(L - 1) + 1


def share_of(point, scalar):
    return encode(multiply(scalar, point))


def multiply_share(scalar, share):
    """The product, or None where the share is no element or the product is neutral."""
    point = decode(share)
    product = encode(multiply(scalar, point)) if point else NEUTRAL
    return None if product == NEUTRAL else product


def session_key(sid, product, ya, ada, yb, adb):
    return hashlib.sha512(lv(DSI + b'_ISK', sid, product) + lv(ya, ada) + lv(yb, adb)).digest()
