"""A peer that waits to be dialled, and says with words of its own all that it can say.

Calls itself NICK, then says it, calls itself anew, and answers the first offer: with
--answer decline it declines with the code that WORDS hold, with save it takes the first
entry and says SAVED under that name, with error it ends with an ERROR of that code.
NICK and WORDS are hex. Prints its port, and what comes, as JSON lines.
"""

import argparse
import os
import pathlib
import struct
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent / 'hostile'))

from lane_speaker import END, SAVED  # noqa: E402
from listening import Listener  # noqa: E402
from sockterm_speaker import say_line  # noqa: E402

parser = argparse.ArgumentParser()
parser.add_argument('nick')
parser.add_argument('words')
parser.add_argument('--answer', choices=['decline', 'save', 'error'], default='decline')
options = parser.parse_args()
nick, words = (bytes.fromhex(text).decode() for text in (options.nick, options.words))

listener = Listener()
session = listener.session(nick)
session.send('message', id='1', text=words)
session.send('nick', nick=nick[::-1])
if options.answer == 'error':
    session.send('error', code=words)
for name, body in session.messages():
    say_line(name=name, **body)
    if name != 'offer':
        continue
    transfer = body['transfer']
    if options.answer == 'decline':
        session.send('decline', transfer=transfer, code=words)
        continue
    session.send('accept', transfer=transfer, skip=[])
    lane = listener.lane(session, transfer)
    while lane.read_frame()[0] != END:
        pass
    lane.send_frame(SAVED, struct.pack('>I', 0) + words.encode())
say_line(closed=True)
os._exit(0)
