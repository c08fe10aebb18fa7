"""What the badly behaved peers of this folder share: their arguments, kinds of misbehaviour, and a plain good file.

A script is a table of functions marked `@kind`; the one that the command line names
misbehaves. What it sees comes out as JSON lines, as with `sockterm_speaker.py`:
`connected`, every message, `lane` with the types of the frames that came on a lane,
`closed` when the other side has ended the connection, `done` at the end.
"""

import argparse
import os
import pathlib
import socket
import struct
import sys
import traceback

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent))

from lane_speaker import LaneSpeaker  # noqa: E402
from sockterm_speaker import Identity, Speaker, say_line  # noqa: E402

ESC = '\x1b'
# Clears the screen, sets the title and the clipboard, turns the writing round, ends with C1.
TROUBLE = f'{ESC}[2J{ESC}]0;stolen\x07{ESC}]52;c;c3Q=\x07{ESC}[6n\u202e\u200b\x9b2J\r'
GOOD = b'hello\n'
# BLAKE3 of GOOD, as the worked example of docs/protocol.md has it.
GOOD_DIGEST = bytes.fromhex('8e4c7c1b99dbfd50e7a95185fead5ee1448fa904a2fdd778eaf5f2dbfd629a99')

kinds = {}


def kind(function):
    kinds[function.__name__.replace('_', '-')] = function
    return function


class Target:
    """The program that is attacked, and what the command line says of it."""

    def __init__(self, options):
        self.host, self.port = options.host, options.port
        self.home = pathlib.Path(options.home)
        self.opened = []

    def connect(self, nick='hostile', identity=None, **hello):
        """A session, or what looks like one: TLS is done and HELLO is out."""
        speaker = self.dial(identity)
        speaker.hello(nick, **hello)
        return speaker

    def dial(self, identity=None, alpn='sockterm/1'):
        speaker = Speaker(self.host, self.port, alpn=alpn, identity=identity)
        self.opened.append(speaker)
        say_line(connected=speaker.local_port)
        return speaker

    def plain(self):
        """A TCP connection on which nothing was said."""
        plain = socket.create_connection((self.host, self.port), 30)
        self.opened.append(plain)
        return plain

    def lane(self, session, ticket):
        lane = LaneSpeaker(session, self.host, self.port, ticket)
        self.opened.append(lane)
        return lane

    def leave(self):
        """Whatever a kind has left open is closed, as if its program had ended."""
        while self.opened:
            try:
                self.opened.pop().close()
            except OSError:
                pass


def entry(*path, size=len(GOOD), **more):
    return {'path': list(path), 'size': size, 'mtimeMs': 0, **more}


def offer(speaker, *entries, transfer=None, more=False):
    transfer = transfer or os.urandom(16).hex()
    speaker.send('offer', transfer=transfer, more=more, entries=list(entries))
    return transfer


def wait_for(speaker, *wanted):
    """The next message of one of these names; None when the session ends without it."""
    for name, body in speaker.messages():
        say_line(name=name, **body)
        if name in wanted:
            return body
    say_line(closed=True)
    return None


def watch(speaker):
    """Reports all that comes until the session ends."""
    wait_for(speaker)


def open_lane(target, session, *entries, transfer=None):
    """Offers, is taken, and has the lane."""
    offer(session, *entries, transfer=transfer)
    return target.lane(session, wait_for(session, 'lane')['ticket'])


def watch_lane(lane):
    """Reports what came on a lane until it ended."""
    say_line(lane=lane.read_to_end())


def send_good(lane, number=0):
    lane.begin(number, 0, len(GOOD))
    lane.data(0, GOOD)
    lane.end(number, GOOD_DIGEST)


def still_there(speaker):
    """Whether a message is still answered; anything before the answer is reported."""
    mark = os.urandom(8).hex()
    speaker.send('message', id=mark, text='still there')
    for name, body in speaker.messages():
        if name == 'ack' and body['id'] == mark:
            say_line(alive=True)
            return True
        say_line(name=name, **body)
    say_line(closed=True)
    return False


def reset(plain):
    """SO_LINGER with no time makes close() send a reset instead of a FIN."""
    plain.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))
    plain.close()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('host')
    parser.add_argument('port', type=int)
    parser.add_argument('kind', choices=kinds, nargs='?', help='missing: one a line on stdin')
    parser.add_argument('--home', default='.', help='of the program, for what is local')
    options = parser.parse_args()
    sys.stdout.reconfigure(encoding='utf-8', errors='backslashreplace', line_buffering=True)
    for name in [options.kind] if options.kind else (line.strip() for line in sys.stdin):
        misbehave(name, Target(options))
    # Nothing is waited for: no thread, no goodbye.
    os._exit(0)


def misbehave(name, target):
    try:
        kinds[name](target)
    except TimeoutError:
        say_line(timeout=True)
    except (EOFError, OSError) as error:
        say_line(closed=True, why=type(error).__name__)
    except Exception:
        say_line(broken=traceback.format_exc())
    target.leave()
    say_line(done=name)
