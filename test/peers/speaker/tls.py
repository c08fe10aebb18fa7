"""TLS connections between peers, both sides (docs/protocol.md, 1 and 2): identity, ALPN, and the exporter.

Python's ssl module has neither an exporter nor a way to take whatever certificate a client shows.
The exporter's value follows from EXPORTER_SECRET in the key log (RFC 8446, 7.5). A client's
certificate is seen by the message callback, and is trusted by the context of that one connection
before OpenSSL judges it; that its key is at hand is what the handshake proves.
"""

import hashlib
import hmac
import os
import pathlib
import socket
import ssl
import struct
import tempfile

from ed25519_identity import write_identity

CONTROL, LANE = 'sockterm/1', 'sockterm-lane/1'
SECONDS = 30
# SubjectPublicKeyInfo of an Ed25519 key (RFC 8410) up to its 32 bytes.
ED25519_KEY = bytes.fromhex('302a300506032b6570032100')
PARTIAL_CHAIN, NO_CHECK_TIME = 0x80000, 0x200000


class Identity:
    """A key and its certificate in a temporary folder, for as long as the object lives."""

    def __init__(self):
        self.folder = tempfile.TemporaryDirectory(prefix='sockterm-speaker-')
        self.key, self.certificate, self.peer_id = write_identity(self.folder.name)


def peer_id_of(certificate):
    """The last 32 bytes of the SubjectPublicKeyInfo; None where it is of another kind, or there is none."""
    at = certificate.find(ED25519_KEY) if certificate else -1
    start = at + len(ED25519_KEY)
    return certificate[start:start + 32] if at >= 0 else None


def expand_label(algorithm, secret, label, context, length):
    label = b'tls13 ' + label
    info = struct.pack('>HB', length, len(label)) + label + bytes([len(context)]) + context
    output, block, number = b'', b'', 0
    while len(output) < length:
        number += 1
        block = hmac.digest(secret, block + info + bytes([number]), algorithm)
        output += block
    return output[:length]


class Connection:
    """A connection whose handshake is done."""

    def __init__(self, wrapped, key_log):
        self.socket = wrapped
        self.key_log = key_log
        self.alpn = wrapped.selected_alpn_protocol()
        self.certificate = wrapped.getpeercert(binary_form=True)
        self.peer_id = peer_id_of(self.certificate)

    def export(self, label, length):
        """TLS exporter without a context."""
        lines = pathlib.Path(self.key_log.name).read_text().split('\n')
        secret = next(bytes.fromhex(line.split()[2]) for line in lines if line.startswith('EXPORTER_SECRET '))
        algorithm = 'sha384' if self.socket.cipher()[0].endswith('SHA384') else 'sha256'
        empty = hashlib.new(algorithm).digest()
        derived = expand_label(algorithm, secret, label, empty, len(empty))
        return expand_label(algorithm, derived, b'exporter', empty, length)

    def send(self, data):
        self.socket.sendall(data)

    def read(self, count):
        """Exactly so many bytes; EOFError when the connection ends before."""
        parts = []
        while count > 0:
            part = self.socket.recv(count)
            if not part:
                raise EOFError
            parts.append(part)
            count -= len(part)
        return b''.join(parts)

    def end_half(self):
        """Ends what goes out, and still reads: SSLSocket.shutdown would read on without decrypting."""
        try:
            socket.socket.shutdown(self.socket, socket.SHUT_WR)
        except OSError:
            pass

    def cut(self):
        """Ends at once, as a broken line does."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))
        self.socket.close()

    def close(self):
        self.socket.close()


def new_context(side, identity, alpn):
    context = ssl.SSLContext(side)
    context.check_hostname = False
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.set_alpn_protocols(alpn)
    context.load_cert_chain(identity.certificate, identity.key)
    key_log = tempfile.NamedTemporaryFile(prefix='sockterm-speaker-keys-')
    context.keylog_filename = key_log.name
    return context, key_log


def dial(host, port, alpn, identity):
    context, key_log = new_context(ssl.PROTOCOL_TLS_CLIENT, identity, [alpn])
    context.verify_mode = ssl.CERT_NONE
    plain = socket.create_connection((host, port), SECONDS)
    plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    connection = Connection(context.wrap_socket(plain), key_log)
    assert connection.alpn == alpn, 'the listener does not speak it'
    assert connection.peer_id, 'the listener is no peer'
    return connection


def first_certificate(message):
    """Of a Certificate message (RFC 8446, 4.4.2), or None where it holds none."""
    at = 4 + 1 + message[4] + 3
    size = int.from_bytes(message[at:at + 3], 'big')
    return message[at + 3:at + 3 + size] or None


def trust_what_is_shown(context):
    def look(_connection, direction, _version, _content, kind, data):
        if direction == 'read' and kind == 11:
            certificate = first_certificate(data)
            if certificate:
                context.load_verify_locations(cadata=certificate)

    context.verify_mode = ssl.CERT_REQUIRED
    context.verify_flags |= PARTIAL_CHAIN | NO_CHECK_TIME
    context._msg_callback = look


class Listener:
    """Takes control connections and lanes on a loopback port of its own."""

    def __init__(self, identity, port=0):
        self.identity = identity
        self.socket = socket.create_server(('127.0.0.1', port))
        self.socket.settimeout(SECONDS)
        self.port = self.socket.getsockname()[1]

    def accept(self, alpn):
        plain, _ = self.socket.accept()
        plain.settimeout(SECONDS)
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        context, key_log = new_context(ssl.PROTOCOL_TLS_SERVER, self.identity, [CONTROL, LANE])
        context.num_tickets = 0
        trust_what_is_shown(context)
        connection = Connection(context.wrap_socket(plain, server_side=True), key_log)
        assert connection.alpn == alpn, f'{connection.alpn} came, not {alpn}'
        assert connection.peer_id, 'who dialled is no peer'
        return connection

    def close(self):
        self.socket.close()


def random_hex(count):
    return os.urandom(count).hex()
