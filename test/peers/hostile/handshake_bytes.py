"""Rule 6, the handshake: what looks like TLS and is none, and many of them (slow loris)."""

import os
import select
import socket
import time

from common import kind, main, reset, say_line
from handshake_hello import client_hello


def watch_plain(plain):
    count = 0
    try:
        while data := plain.recv(4096):
            count += len(data)
    except ConnectionError:
        pass
    say_line(closed=True, count=count)


def saying(name, data):
    def misbehave(target):
        plain = target.plain()
        plain.sendall(data)
        watch_plain(plain)

    misbehave.__name__ = name
    kind(misbehave)


hello = client_hello()
saying('garbage', b'\x16' + os.urandom(2_000))
saying('absurd_record', b'\x16\x03\x01\xff\xff' + b'\x01\xff\xff\xff' + bytes(70_000))
saying('server_hello', b'\x16\x03\x03' + hello[3:5] + b'\x02' + hello[6:])
saying('cut_lengths', hello[:43] + b'\xff' + hello[44:])
saying('trailing_garbage', hello + os.urandom(100))


@kind
def half_then_end(target):
    plain = target.plain()
    plain.sendall(hello[:60])
    plain.shutdown(socket.SHUT_WR)
    watch_plain(plain)


@kind
def half_then_reset(target):
    for _ in range(100):
        plain = target.plain()
        plain.sendall(hello[:60])
        reset(plain)


@kind
def whole_then_reset(target):
    """The answer to a ClientHello goes nowhere."""
    for _ in range(100):
        plain = target.plain()
        plain.sendall(hello)
        reset(plain)


@kind
def many_at_once(target):
    """More half handshakes than there are places for one address: the surplus is closed at once."""
    plains = [target.plain() for _ in range(100)]
    for plain in plains:
        plain.sendall(hello[:60])
    deadline = time.monotonic() + 1
    closed = set()
    while (left := deadline - time.monotonic()) > 0:
        waiting = [plain for plain in plains if plain not in closed]
        closed.update(select.select(waiting, [], [], left)[0])
    say_line(surplus=len(closed))


@kind
def reset_storm(target):
    """Connects and resets, as fast as it goes."""
    for _ in range(1_000):
        reset(target.plain())
        target.opened.clear()


@kind
def silent_then_reset(target):
    plains = [target.plain() for _ in range(300)]
    for plain in plains:
        reset(plain)


main()
