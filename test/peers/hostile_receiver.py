"""A peer that takes a file and says with words of its own how that went.

Says hello and waits for offers. Of each it takes the first entry, reads the lane to
the end of that entry and answers SAVED under the name that stands, as hex, in NAME.
With --decline it declines instead, with the code that NAME holds.
Prints what comes as JSON lines.
"""

import argparse
import os
import struct

from lane_speaker import END, SAVED, LaneSpeaker
from sockterm_speaker import Speaker, say_line

parser = argparse.ArgumentParser()
parser.add_argument('host')
parser.add_argument('port', type=int)
parser.add_argument('name')
parser.add_argument('--nick', default='taker')
parser.add_argument('--decline', action='store_true')
options = parser.parse_args()
words = bytes.fromhex(options.name)

speaker = Speaker(options.host, options.port)
speaker.hello(options.nick)
say_line(connected=speaker.local_port)
for name, body in speaker.messages():
    say_line(name=name, **body)
    if name == 'offer' and options.decline:
        speaker.send('decline', transfer=body['transfer'], code=words.decode('utf-8'))
    elif name == 'offer':
        speaker.send('accept', transfer=body['transfer'], skip=[])
    elif name == 'lane':
        lane = LaneSpeaker(speaker, options.host, options.port, body['ticket'])
        while lane.read_frame()[0] != END:
            pass
        lane.send_frame(SAVED, struct.pack('>I', 0) + words)
        lane.read_to_end()
        say_line(laneClosed=True)
say_line(closed=True)
os._exit(0)
