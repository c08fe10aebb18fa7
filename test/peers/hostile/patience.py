"""Rule 6, time: every deadline is armed before the first read that it covers (slow loris and slow readers).

Says `after`, the seconds until the other side closed.
"""

import os
import socket
import struct
import time

from common import entry, kind, main, offer, say_line, wait_for
from handshake_hello import client_hello, with_early_data


def until_closed(read):
    start = time.monotonic()
    while time.monotonic() - start < 60:
        try:
            if not read():
                break
        except TimeoutError:
            continue
        except (OSError, EOFError):
            break
    say_line(after=round(time.monotonic() - start, 1))


def drip(plain, data, reader):
    """A byte a second, until the other side has enough of it."""
    start = time.monotonic()
    plain.settimeout(1)
    for byte in data:
        try:
            reader.sendall(bytes([byte]))
            if not reader.recv(4096):
                break
        except TimeoutError:
            continue
        except OSError:
            break
    say_line(after=round(time.monotonic() - start, 1))


@kind
def half_handshake(target):
    plain = target.plain()
    plain.sendall(client_hello()[:60])
    until_closed(lambda: plain.recv(4096))


@kind
def slow_handshake(target):
    plain = target.plain()
    drip(plain, client_hello(), plain)


@kind
def early_data(target):
    """Data before the handshake is done, under a session that never was: it gets a whole handshake or nothing."""
    plain = target.plain()
    plain.sendall(with_early_data(client_hello()))
    hello = struct.pack('>IB', 3, 0x81) + b'{}'
    plain.sendall(b'\x17\x03\x03' + struct.pack('>H', len(hello)) + hello)
    until_closed(lambda: plain.recv(4096))


@kind
def no_hello(target):
    session = target.dial()
    until_closed(lambda: session.socket.recv(4096))


@kind
def slow_hello(target):
    session = target.dial()
    session.receive()
    payload = b'{"versions":[1],"features":[],"nick":"slow"}'
    drip(session.socket, struct.pack('>IB', len(payload) + 1, 0x81) + payload, session.socket)


@kind
def no_ticket(target):
    lane = target.dial(alpn='sockterm-lane/1')
    until_closed(lambda: lane.socket.recv(4096))


@kind
def slow_ticket(target):
    lane = target.dial(alpn='sockterm-lane/1')
    drip(lane.socket, struct.pack('>IB', 33, 0x01) + os.urandom(32), lane.socket)


@kind
def never_reads(target):
    """Asks, and never takes an answer."""
    session = target.connect('never reads')
    session.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    payload = b'{"nonce":4294967295}'
    frames = (struct.pack('>IB', len(payload) + 1, 0x03) + payload) * 1_000
    start = time.monotonic()
    sent = 0
    try:
        while time.monotonic() - start < 12:
            session.send_bytes(frames)
            sent += 1_000
    except OSError:
        pass
    say_line(after=round(time.monotonic() - start, 1), asked=sent)


@kind
def late_ticket(target):
    """A ticket that is too old."""
    session = target.connect('late')
    offer(session, entry('late.txt'))
    ticket = wait_for(session, 'lane')['ticket']
    # The lane is not waited for any more: then it comes.
    time.sleep(31)
    lane = target.lane(session, ticket)
    say_line(late=lane.read_to_end())


main()
