"""A peer that sends a file and goes on with it as nobody should.

It offers a file of five blocks, sends three of them, cuts the lane when a line
comes on stdin, makes the same offer again and then does what KIND says:
  data-first      DATA before BEGIN
  unclaimed       BEGIN that leaves out more than is held
  gap-not-held    leaves out a block that is not held
  gap-inside      goes on in the middle of a block
  not-passed      names bytes to leave out, and sends them all the same
  same-part       leaves out a part of a file that is there whole (the receiver has five-blocks.bin)
  other-names     makes the offer again with another name
  other-sizes     makes the offer again with another size
  foreign         somebody else makes the same offer, and one of his own of that name
Prints what comes as JSON lines; `held` is the number of blocks that the other
side has, `laneClosed` says that it has ended the lane, `closed` the session.
"""

import argparse
import os
import sys

from lane_speaker import BLOCK, LaneSpeaker
from sockterm_speaker import Speaker, say_line

parser = argparse.ArgumentParser()
parser.add_argument('host')
parser.add_argument('port', type=int)
parser.add_argument('kind')
options = parser.parse_args()
kind = options.kind

SIZE = 5 * BLOCK
NAME = 'five-blocks.bin'
block = os.urandom(BLOCK)
transfer = os.urandom(16).hex()


def offer(speaker, name=NAME, size=SIZE, transfer=transfer):
    entry = {'path': [name], 'size': size, 'mtimeMs': 0}
    speaker.send('offer', transfer=transfer, more=False, entries=[entry])


def wait_for(speaker, wanted):
    for name, body in speaker.messages():
        say_line(name=name, **body)
        if name == wanted:
            return body
    say_line(closed=True)
    os._exit(0)


def open_lane(speaker):
    ticket = wait_for(speaker, 'lane')['ticket']
    return LaneSpeaker(speaker, options.host, options.port, ticket)


def connect(nick):
    speaker = Speaker(options.host, options.port)
    speaker.hello(nick)
    return speaker


def send_three_blocks(speaker):
    offer(speaker)
    lane = open_lane(speaker)
    lane.begin(0, 0, SIZE)
    for number in range(3):
        lane.data(number * BLOCK, block)
    # Until a line comes: the other side has written them.
    say_line(sent=3)
    sys.stdin.readline()
    lane.close()


def misbehave(lane):
    if kind == 'data-first':
        lane.data(0, block)
    elif kind == 'unclaimed':
        lane.begin(0, 4 * BLOCK, SIZE)
    elif kind == 'gap-not-held':
        lane.begin(0, BLOCK, SIZE)
        for number in range(3):
            lane.data(number * BLOCK, block)
        lane.data(4 * BLOCK, block)
    elif kind == 'gap-inside':
        lane.begin(0, BLOCK, SIZE)
        lane.data(0, block[:1000])
        lane.data(BLOCK + 1000, block[:1000])
    elif kind == 'not-passed':
        lane.begin(0, BLOCK, SIZE)
        for number in range(5):
            lane.data(number * BLOCK, block)
        lane.end(0, bytes(32))
    elif kind == 'same-part':
        lane.begin(0, BLOCK, SIZE)


first = connect('half')
say_line(connected=first.local_port)
if kind in ('same-part', 'data-first'):
    offer(first)
    misbehave_on = open_lane(first)
else:
    send_three_blocks(first)
    misbehave_on = None

if kind in ('other-names', 'other-sizes'):
    changed = {'name': 'other.bin'} if kind == 'other-names' else {'size': SIZE + 1}
    offer(first, **changed)
elif kind == 'foreign':
    other = connect('other')
    offer(other)
    for name, body in other.messages():
        say_line(other=name, **body)
    say_line(otherClosed=True)
    third = connect('third')
    offer(third, transfer=os.urandom(16).hex())
    for name, body in third.messages():
        if name in ('accept', 'decline'):
            say_line(third=name, **body)
            break
    os._exit(0)
else:
    if misbehave_on is None:
        offer(first)
        misbehave_on = open_lane(first)
        say_line(held=misbehave_on.read_held(0))
    misbehave(misbehave_on)
    say_line(laneClosed=misbehave_on.read_to_end())
    wait_for(first, 'cancel')
    os._exit(0)

for name, body in first.messages():
    say_line(name=name, **body)
say_line(closed=True)
os._exit(0)
