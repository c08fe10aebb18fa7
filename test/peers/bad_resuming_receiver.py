"""A peer that takes a file and says of it what nobody has: it waits for an offer and does what KIND says.

  unannounced    HELD for an entry that ACCEPT did not name
  too-many       HELD with more blocks than the file can have
  endless        HELD that never ends
  twice          HELD, and once more
  no-such-entry  ACCEPT that holds entries that were not offered
  same-and-held  ACCEPT that names an entry both in held and in same
Prints what comes as JSON lines; `laneClosed` says that the other side has ended
the lane, `closed` the session.
"""

import argparse
import os

from lane_speaker import LaneSpeaker
from sockterm_speaker import Speaker, say_line

parser = argparse.ArgumentParser()
parser.add_argument('host')
parser.add_argument('port', type=int)
parser.add_argument('kind')
options = parser.parse_args()
kind = options.kind


def misbehave(lane):
    if kind == 'unannounced':
        lane.held(0, os.urandom(32))
    elif kind == 'too-many':
        lane.held(0, os.urandom(32 * 100))
    elif kind == 'endless':
        try:
            while True:
                lane.held(0, os.urandom(32), more=True)
        except OSError:
            pass
    elif kind == 'twice':
        lane.held(0, os.urandom(32))
        lane.held(0, os.urandom(32))


speaker = Speaker(options.host, options.port)
speaker.hello('half')
say_line(connected=speaker.local_port)
for name, body in speaker.messages():
    say_line(name=name, **body)
    if name == 'offer':
        transfer = body['transfer']
        if kind == 'no-such-entry':
            speaker.send('accept', transfer=transfer, skip=[], held=[7], same=[])
        elif kind == 'same-and-held':
            speaker.send('accept', transfer=transfer, skip=[], held=[0], same=[0])
        else:
            held = [] if kind == 'unannounced' else [0]
            speaker.send('accept', transfer=transfer, skip=[], held=held)
    elif name == 'lane':
        lane = LaneSpeaker(speaker, options.host, options.port, body['ticket'])
        misbehave(lane)
        lane.read_to_end()
        say_line(laneClosed=True)
    elif name == 'cancel':
        os._exit(0)
say_line(closed=True)
os._exit(0)
