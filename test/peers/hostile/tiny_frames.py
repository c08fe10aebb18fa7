"""Rule 6, counts: limits on counts as well as bytes (the empty frames flood of HTTP/2, CVE-2019-9518)."""

import struct

from common import kind, main, say_line, still_there


@kind
def unknown_optional(target):
    """Five thousand frames that mean nothing: they have their turn, a thousand in a second."""
    speaker = target.connect()
    frame = struct.pack('>IB', 1, 0x7f)
    speaker.send_bytes(frame * 5_000)
    still_there(speaker)


@kind
def byte_records(target):
    """Every byte of a message in a TLS record of its own."""
    speaker = target.connect()
    payload = b'{"id":"slow","text":"' + b'x' * 2_000 + b'"}'
    for byte in struct.pack('>IB', len(payload) + 1, 0x82) + payload:
        speaker.send_bytes(bytes([byte]))
    still_there(speaker)


@kind
def acks(target):
    """Acknowledges what nobody said."""
    speaker = target.connect()
    payload = b'{"id":"never"}'
    speaker.send_bytes((struct.pack('>IB', len(payload) + 1, 0x02) + payload) * 4_000)
    still_there(speaker)


@kind
def pings(target):
    """Reads every PONG: it may ask, and must not stop the others."""
    speaker = target.connect()
    payload = b'{"nonce":7}'
    frame = struct.pack('>IB', len(payload) + 1, 0x03) + payload
    pongs = 0
    speaker.receive()
    for _ in range(8):
        speaker.send_bytes(frame * 500)
        for _ in range(500):
            speaker.receive()
            pongs += 1
    say_line(pongs=pongs)
    still_there(speaker)


main()
