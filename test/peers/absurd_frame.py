"""A real peer, over real TLS, whose frame claims to be 4 GiB long (or empty, or no JSON).

Prints one JSON line for each message that comes back and {"closed": true} when
the other side has closed.
"""

import argparse

from sockterm_speaker import Speaker, say_line

frames = {
    'huge': b'\xff\xff\xff\xff\x82',
    'empty': b'\x00\x00\x00\x00',
    'one-over': (65_537).to_bytes(4, 'big') + b'\x82' + b' ' * 65_536,
    'no-json': (9).to_bytes(4, 'big') + b'\x82not json',
    'no-utf8': (5).to_bytes(4, 'big') + b'\x82"\xff\xfe"',
    'unknown-critical': (3).to_bytes(4, 'big') + b'\xff{}',
    'second-hello': (3).to_bytes(4, 'big') + b'\x81{}',
}

parser = argparse.ArgumentParser()
parser.add_argument('host')
parser.add_argument('port', type=int)
parser.add_argument('kind', choices=frames, nargs='?', default='huge')
parser.add_argument('--before-hello', action='store_true')
options = parser.parse_args()

speaker = Speaker(options.host, options.port)
say_line(connected=speaker.local_port)
if not options.before_hello:
    speaker.hello('absurd')
speaker.send_bytes(frames[options.kind])
for name, body in speaker.messages():
    say_line(name=name, **body)
say_line(closed=True)
