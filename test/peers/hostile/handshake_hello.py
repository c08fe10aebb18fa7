"""A real ClientHello as bytes, and one that claims an earlier session and early data (RFC 8446 §4.2.10, §4.2.11)."""

import os
import ssl
import struct


def client_hello(alpn='sockterm/1'):
    context = ssl.create_default_context()
    context.set_alpn_protocols([alpn])
    incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
    handshake = context.wrap_bio(incoming, outgoing, server_hostname='sockterm')
    try:
        handshake.do_handshake()
    except ssl.SSLWantReadError:
        pass
    return outgoing.read()


def extension(number, content):
    return struct.pack('>HH', number, len(content)) + content


def with_early_data(hello):
    """The same with `early_data` and, last as it must be, a `pre_shared_key` that nobody knows."""
    body = hello[9:]
    # Version, random, session id, cipher suites, compression: then come the extensions.
    at = 34
    at += 1 + body[at]
    at += 2 + struct.unpack('>H', body[at:at + 2])[0]
    at += 1 + body[at]
    identity = os.urandom(32)
    identities = struct.pack('>H', len(identity)) + identity + struct.pack('>I', 1_000)
    binders = bytes([32]) + os.urandom(32)
    psk = struct.pack('>H', len(identities)) + identities + struct.pack('>H', len(binders)) + binders
    extensions = body[at + 2:] + extension(42, b'') + extension(41, psk)
    body = body[:at] + struct.pack('>H', len(extensions)) + extensions
    message = b'\x01' + struct.pack('>I', len(body))[1:] + body
    return b'\x16\x03\x01' + struct.pack('>H', len(message)) + message
