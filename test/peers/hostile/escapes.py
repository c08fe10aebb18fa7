"""Rule 4: no raw text of a stranger reaches a screen, a log or a file name (terminal escapes in a file name: croc, CVE-2023-43620)."""

import socket
import sys

from common import TROUBLE, entry, kind, main, offer, open_lane, say_line, send_good, still_there, wait_for, watch


@kind
def nick(target):
    session = target.connect(f'nick{TROUBLE}')
    still_there(session)


@kind
def later_nick(target):
    session = target.connect('harmless')
    session.send('nick', nick=f'later{TROUBLE}')
    still_there(session)


@kind
def only_trouble(target):
    """Nothing of the name can be seen."""
    still_there(target.connect('\u202e\u200b\x1b\x9b'))


@kind
def message(target):
    session = target.connect('escapes')
    session.send('message', id=TROUBLE[:20], text=f'evil message {TROUBLE}')
    for part in TROUBLE:
        session.send('message', id=f'part-{ord(part)}', text=f'evil part {part}')
    still_there(session)


@kind
def many_marks(target):
    session = target.connect('escapes')
    session.send('message', id='zalgo', text='a' + '\u0301' * 8_000)
    session.send('message', id='zwj', text='\u200d' * 5_000)
    session.send('message', id='tags', text='\U000e0041' * 4_000)
    still_there(session)


@kind
def file_name(target):
    session = target.connect('escapes')
    offer(session, entry(f'name{TROUBLE}'))
    wait_for(session, 'decline')
    offer(session, entry('folder', f'name{TROUBLE}'))
    wait_for(session, 'decline')
    # One of a thousand: what is skipped is told too.
    offer(session, entry('bidi\u202egnp'), entry('esc\x1b]0;t\x07'))
    wait_for(session, 'lane')
    session.send('bye')


@kind
def bad_offer(target):
    """Stays on the screen until a line comes on stdin."""
    session = target.connect('escapes')
    offer(session, entry(f'name{TROUBLE}'), entry('bidi\u202egnp'), entry('folder', f'inside{TROUBLE}'))
    still_there(session)
    say_line(shown=True)
    sys.stdin.readline()


@kind
def error_code(target):
    session = target.connect('escapes')
    session.send('error', code=f'code{TROUBLE}')
    watch(session)


@kind
def proto_error_code(target):
    """A code that every object has."""
    session = target.connect('escapes')
    session.send('error', code='constructor')
    watch(session)


@kind
def decline_code(target):
    session = target.connect('escapes')
    session.send('decline', transfer='0' * 32, code=TROUBLE)
    watch(session)


@kind
def pause_code(target):
    session = target.connect('escapes')
    session.send('pause', transfer='0' * 32, code=TROUBLE)
    watch(session)


@kind
def feature(target):
    speaker = target.dial()
    speaker.send('hello', versions=[1], features=[TROUBLE], nick='features', instance='0' * 32, role='console')
    still_there(speaker)


@kind
def raw_line(target):
    plain = target.plain()
    plain.sendall(f'evil line {TROUBLE}\n'.encode())
    plain.sendall(b'evil bytes \x1b')
    plain.sendall(b'[2J \x9b2J \xff\xfe \x00\n')
    plain.sendall(b'evil tail \x1b]0;')
    plain.shutdown(socket.SHUT_WR)
    while plain.recv(4096):
        pass
    say_line(closed=True)


@kind
def raw_protocol(target):
    """The bytes of a session on a plain connection are text."""
    plain = target.plain()
    plain.sendall(b'\x00\x00\x00\x6d\x81{"versions":[1],"features":[]}\n')
    plain.sendall(b'GET /\x1b[2J HTTP/1.1\r\nHost: \x9d0;t\x07\r\n\r\n')
    plain.shutdown(socket.SHUT_WR)
    while plain.recv(4096):
        pass
    say_line(closed=True)


@kind
def datagram(target):
    port = int((target.home / 'udp-port').read_text())
    sender = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    sender.sendto(f'evil datagram {TROUBLE}'.encode(), (target.host, port))
    sender.sendto(b'evil bytes \x9b2J\xff\x00', (target.host, port))
    sender.sendto(b'', (target.host, port))


main()
