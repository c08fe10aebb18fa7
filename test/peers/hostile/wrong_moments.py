"""The table of states: what comes at the wrong moment ends that one session and is not done (STARTTLS injection, CVE-2011-0411; Terrapin, CVE-2023-48795)."""

import json
import os
import socket
import struct

from common import entry, kind, main, offer, say_line, still_there, wait_for, watch


@kind
def before_hello(target):
    speaker = target.dial()
    speaker.send('message', id='early', text='must not be shown')
    watch(speaker)


@kind
def offer_before_hello(target):
    speaker = target.dial()
    offer(speaker, entry('early.txt'))
    watch(speaker)


@kind
def second_hello(target):
    speaker = target.connect()
    speaker.hello('another')
    watch(speaker)


@kind
def unknown_critical(target):
    speaker = target.connect()
    speaker.send_frame(0xff, b'{}')
    watch(speaker)


@kind
def after_bye(target):
    """Says goodbye and goes on talking."""
    speaker = target.connect()
    still_there(speaker)
    speaker.send('bye')
    speaker.send('message', id='late', text='must not be shown')
    offer(speaker, entry('late.txt'))
    watch(speaker)


@kind
def after_error(target):
    speaker = target.connect()
    still_there(speaker)
    speaker.send('error', code='somethingElse')
    speaker.send('message', id='late', text='must not be shown')
    offer(speaker, entry('late.txt'))
    watch(speaker)


@kind
def after_violation(target):
    """In one write: the frame that ends it, and frames that must not count any more."""
    speaker = target.connect()
    still_there(speaker)
    late = json.dumps({'id': 'late', 'text': 'must not be shown'}).encode()
    speaker.send_bytes(struct.pack('>IB', 3, 0xff) + b'{}' + struct.pack('>IB', len(late) + 1, 0x82) + late)
    watch(speaker)


@kind
def lane_from_dialler(target):
    """Only the side that was dialled gives tickets."""
    speaker = target.connect()
    transfer = offer(speaker, entry('ticket.txt'))
    wait_for(speaker, 'lane')
    speaker.send('lane', transfer=transfer, ticket=os.urandom(32).hex())
    watch(speaker)


@kind
def unknown_transfers(target):
    """Answers to what was never asked crossed on the way, for all one knows: ignored."""
    speaker = target.connect()
    transfer = os.urandom(16).hex()
    speaker.send('accept', transfer=transfer, skip=[])
    for name in ('decline', 'withdraw', 'pause', 'goOn', 'cancel'):
        speaker.send(name, transfer=transfer)
    still_there(speaker)


@kind
def half_closed(target):
    """Ends its own half behind HELLO and a message, and reads on."""
    speaker = target.connect()
    still_there(speaker)
    speaker.socket.shutdown(socket.SHUT_WR)
    say_line(half=True)
    try:
        watch(speaker)
    except OSError:
        say_line(closed=True)


main()
