"""A receiver that means harm to whoever sends to it: lies about what it has, asks for more, talks in escapes (croc, CVE-2023-43620; scp's malicious servers)."""

import os
import struct

import strange_certificates
from common import TROUBLE, entry, kind, offer, say_line, wait_for, watch
from lane_speaker import DURABLE, FAILED, HELD, SAVED
from listening import Identity, main


def offered(session):
    return wait_for(session, 'offer')['transfer']


def accepting(function):
    """A kind that accepts and then misbehaves on the lane; the session is watched to its end."""
    def misbehave(listener):
        session = listener.session()
        transfer = offered(session)
        session.send('accept', transfer=transfer, skip=[])
        lane = listener.lane(session, transfer)
        try:
            function(lane)
            say_line(lane=len(lane.read_to_end()))
        except OSError:
            say_line(lane='cut')
        watch(session)

    misbehave.__name__ = function.__name__
    kind(misbehave)
    return function


def text(number, content):
    return struct.pack('>I', number) + (content if isinstance(content, bytes) else content.encode())


def read_to_end_of_entry(lane):
    while lane.read_frame()[0] != 0x04:
        pass


@accepting
def saved_before_end(lane):
    lane.send_frame(SAVED, text(0, 'given.bin'))


@accepting
def saved_other_entry(lane):
    lane.send_frame(SAVED, text(7, 'given.bin'))


@accepting
def saved_with_path(lane):
    """Nothing of it is looked for here; it is shown, and must be harmless."""
    read_to_end_of_entry(lane)
    lane.send_frame(SAVED, text(0, f'../../../etc/passwd{TROUBLE}'))


@accepting
def saved_twice(lane):
    read_to_end_of_entry(lane)
    lane.send_bytes(2 * (struct.pack('>IB', 14, SAVED) + text(0, 'given.bin')))


@accepting
def saved_long_name(lane):
    read_to_end_of_entry(lane)
    lane.send_frame(SAVED, text(0, 'n' * 1_021))


@accepting
def saved_no_utf8(lane):
    read_to_end_of_entry(lane)
    lane.send_frame(SAVED, text(0, b'\xff\xfe'))


@accepting
def saved_without_name(lane):
    read_to_end_of_entry(lane)
    lane.send_frame(SAVED, text(0, b''))


@accepting
def failed_with_escapes(lane):
    lane.send_frame(FAILED, text(0, TROUBLE))


@accepting
def failed_strangely(lane):
    lane.send_frame(FAILED, text(0, 'constructor'))
    read_to_end_of_entry(lane)


@accepting
def differs_unasked(lane):
    """Says again and again that the file is another one than it has, which it never said it had."""
    lane.send_frame(FAILED, text(0, 'differs'))


@accepting
def durable_beyond(lane):
    lane.send_frame(DURABLE, struct.pack('>IQ', 0, 2**63))


@accepting
def held_unannounced(lane):
    lane.held(0, os.urandom(32))


@accepting
def endless_held(lane):
    while True:
        lane.held(0, os.urandom(32 * 127), more=True)


@accepting
def senders_frames(lane):
    lane.begin(0, 0, 6)
    lane.data(0, b'hello\n')


@accepting
def long_lane_frame(lane):
    lane.send_bytes(struct.pack('>IB', 2**32 - 1, SAVED))


@accepting
def unknown_lane_frame(lane):
    lane.send_frame(0x7f, b'x')


def answering(function):
    """A kind that gets the offer and answers it in its own way."""
    def misbehave(listener):
        session = listener.session()
        function(listener, session, offered(session))
        watch(session)

    misbehave.__name__ = function.__name__
    kind(misbehave)
    return function


@answering
def lane_before_accept(listener, session, transfer):
    session.send('lane', transfer=transfer, ticket=os.urandom(32).hex())


@answering
def second_lane(listener, session, transfer):
    session.send('accept', transfer=transfer, skip=[])
    listener.lane(session, transfer)
    session.send('lane', transfer=transfer, ticket=os.urandom(32).hex())


@answering
def lane_of_other_key(listener, session, transfer):
    """The lane leads to somebody else: not a byte of the file goes there."""
    session.send('accept', transfer=transfer, skip=[])
    session.send('lane', transfer=transfer, ticket=os.urandom(32).hex())
    try:
        say_line(lane=listener.secure('sockterm-lane/1', Identity()).read_to_end())
    except OSError:
        say_line(lane='cut')
    session.send('cancel', transfer=transfer)


@answering
def accept_unknown_entries(listener, session, transfer):
    session.send('accept', transfer=transfer, skip=[], held=[7])


@answering
def accept_twice(listener, session, transfer):
    session.send('accept', transfer=transfer, skip=[])
    session.send('accept', transfer=transfer, skip=[0])


@answering
def same_of_unknown(listener, session, transfer):
    session.send('accept', transfer=transfer, skip=[], same=[4_294_967_295])


@answering
def decline_with_escapes(listener, session, transfer):
    session.send('decline', transfer=transfer, code=TROUBLE)


@answering
def decline_strangely(listener, session, transfer):
    session.send('decline', transfer=transfer, code='constructor')


@answering
def error_strangely(listener, session, transfer):
    session.send('error', code='toString')


@answering
def offers_back(listener, session, transfer):
    """Who sends takes nothing."""
    offer(session, entry('planted.txt'))
    wait_for(session, 'decline')
    say_line(declined=True)
    session.send('decline', transfer=transfer)


@answering
def talks(listener, session, transfer):
    session.send('message', id='escapes', text=TROUBLE)
    session.send('nick', nick=TROUBLE)
    wait_for(session, 'ack')
    session.send('decline', transfer=transfer)


@answering
def pauses(listener, session, transfer):
    """A thousand pauses, with codes."""
    session.send('accept', transfer=transfer, skip=[])
    for _ in range(1_000):
        session.send('pause', transfer=transfer, code='diskFull')
        session.send('goOn', transfer=transfer)
    session.send('cancel', transfer=transfer)


@answering
def huge_frame(listener, session, transfer):
    session.send_bytes(b'\xff\xff\xff\xff\x82')


@kind
def escapes_in_nick(listener):
    session = listener.session(f'nick{TROUBLE}')
    session.send('decline', transfer=offered(session))
    watch(session)


@kind
def mirror(listener):
    session = listener.secure('sockterm/1')
    frame_type, payload = session.read_frame()
    session.send_frame(frame_type, payload)
    watch(session)


@kind
def no_common_version(listener):
    session = listener.secure('sockterm/1')
    session.send('hello', versions=[9], features=[], nick='later', instance='0' * 32, role='console')
    watch(session)


@kind
def plain_text(listener):
    plain = listener.accept()
    plain.sendall(f'220 {TROUBLE}\r\n'.encode())
    say_line(bytes=len(plain.recv(4096)))


@kind
def garbage(listener):
    plain = listener.accept()
    plain.recv(4096)
    plain.sendall(b'\x16\x03\x03' + os.urandom(1_000))
    say_line(garbage=True)


@kind
def no_alpn(listener):
    listener.secure(None)
    say_line(alpn=None)


@kind
def rsa(listener):
    listener.secure(None, context=listener.context('sockterm/1', strange_certificates.RSA)).read_to_end()
    say_line(closed=True)


@kind
def tls12(listener):
    import ssl
    context = listener.context('sockterm/1')
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    listener.secure(None, context=context)


main()
