"""A self-signed Ed25519 certificate without any library: RFC 8032 and a little DER (RFC 8410, X.690).

Slow and not constant in time, which is fine for a key that lives as long as a
test. `write_identity(folder)` makes `key.pem` and `certificate.pem` and returns
both paths and the raw public key, which is the peer's identity.
"""

import base64
import hashlib
import os
import pathlib

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P


def add(a, b):
    """Adds two points in extended coordinates (X, Y, Z, T)."""
    A = (a[1] - a[0]) * (b[1] - b[0]) % P
    B = (a[1] + a[0]) * (b[1] + b[0]) % P
    C = 2 * a[3] * b[3] * D % P
    E, F, G, H = B - A, 2 * a[2] * b[2] - C, 2 * a[2] * b[2] + C, B + A
    return (E * F % P, G * H % P, F * G % P, E * H % P)


def multiply(scalar, point):
    result = (0, 1, 1, 0)
    while scalar:
        if scalar & 1:
            result = add(result, point)
        point = add(point, point)
        scalar >>= 1
    return result


def compress(point):
    inverse = pow(point[2], P - 2, P)
    x, y = point[0] * inverse % P, point[1] * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, 'little')


def base_point():
    y = 4 * pow(5, P - 2, P) % P
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if x * x % P != square:
        x = x * pow(2, (P - 1) // 4, P) % P
    if x & 1:
        x = P - x
    return (x, y, 1, x * y % P)


BASE = base_point()


def expand(seed):
    digest = hashlib.sha512(seed).digest()
    scalar = int.from_bytes(digest[:32], 'little')
    scalar &= (1 << 254) - 8
    scalar |= 1 << 254
    return scalar, digest[32:]


def public_key(seed):
    return compress(multiply(expand(seed)[0], BASE))


def sign(seed, message):
    scalar, prefix = expand(seed)
    public = compress(multiply(scalar, BASE))
    r = int.from_bytes(hashlib.sha512(prefix + message).digest(), 'little') % L
    commitment = compress(multiply(r, BASE))
    k = int.from_bytes(hashlib.sha512(commitment + public + message).digest(), 'little') % L
    return commitment + ((r + k * scalar) % L).to_bytes(32, 'little')


def der(tag, *parts):
    body = b''.join(parts)
    if len(body) < 128:
        return bytes([tag, len(body)]) + body
    size = (len(body).bit_length() + 7) // 8
    return bytes([tag, 0x80 | size]) + len(body).to_bytes(size, 'big') + body


ED25519 = der(0x30, der(0x06, bytes([0x2B, 0x65, 0x70])))


def certificate(seed):
    name = der(0x30, der(0x31, der(0x30, der(0x06, bytes([0x55, 0x04, 0x03])),
                                   der(0x0C, b'sockterm'))))
    validity = der(0x30, der(0x17, b'200101000000Z'), der(0x17, b'491231235959Z'))
    key = der(0x30, ED25519, der(0x03, b'\0', public_key(seed)))
    serial = der(0x02, b'\x01' + os.urandom(8))
    version = der(0xA0, der(0x02, b'\x02'))
    content = der(0x30, version, serial, ED25519, name, validity, name, key)
    return der(0x30, content, ED25519, der(0x03, b'\0', sign(seed, content)))


def pem(label, data):
    lines = base64.encodebytes(data).decode()
    return f'-----BEGIN {label}-----\n{lines}-----END {label}-----\n'


def write_identity(folder):
    seed = os.urandom(32)
    folder = pathlib.Path(folder)
    private = der(0x30, der(0x02, b'\0'), ED25519, der(0x04, der(0x04, seed)))
    (folder / 'key.pem').write_text(pem('PRIVATE KEY', private))
    (folder / 'certificate.pem').write_text(pem('CERTIFICATE', certificate(seed)))
    return folder / 'key.pem', folder / 'certificate.pem', public_key(seed)
