"""Rule 2, lanes: a ticket is good once, for its key, for its time."""

import os
import struct

from common import GOOD, Identity, entry, kind, main, offer, open_lane, say_line, send_good, still_there, wait_for, watch_lane
from lane_speaker import SAVED, LaneSpeaker


class Holder:
    """What a lane wants of a session."""

    def __init__(self, identity):
        self.identity = identity


def try_lane(target, identity, ticket, words):
    lane = target.lane(Holder(identity), ticket)
    try:
        send_good(lane)
    except OSError:
        pass
    kinds = lane.read_to_end()
    say_line(**{words: kinds})


@kind
def guessed(target):
    try_lane(target, Identity(), os.urandom(32).hex(), 'guessed')


@kind
def stolen(target):
    """With the ticket of another peer; that one's lane is as good as before."""
    session = target.connect('tickets')
    offer(session, entry('owner.txt'))
    ticket = wait_for(session, 'lane')['ticket']
    try_lane(target, Identity(), ticket, 'stolen')
    lane = target.lane(session, ticket)
    send_good(lane)
    say_line(owner=lane.read_frame()[0])


@kind
def reused(target):
    session = target.connect('tickets')
    offer(session, entry('once.txt'))
    ticket = wait_for(session, 'lane')['ticket']
    lane = target.lane(session, ticket)
    try_lane(target, session.identity, ticket, 'reused')
    send_good(lane)
    say_line(first=lane.read_frame()[0])


@kind
def taken_back(target):
    """The ticket of an offer that was cancelled."""
    session = target.connect('tickets')
    transfer = offer(session, entry('cancelled.txt'))
    ticket = wait_for(session, 'lane')['ticket']
    session.send('cancel', transfer=transfer)
    still_there(session)
    try_lane(target, session.identity, ticket, 'cancelled')


@kind
def after_the_session(target):
    session = target.connect('tickets')
    offer(session, entry('gone.txt'))
    ticket = wait_for(session, 'lane')['ticket']
    session.send('bye')
    session.close()
    try_lane(target, session.identity, ticket, 'gone')


@kind
def no_ticket(target):
    """Files at once."""
    lane = target.dial(alpn='sockterm-lane/1')
    lane.send_frame(0x02, struct.pack('>IQQ', 0, 0, len(GOOD)))
    say_line(closed=LaneSpeaker.read_to_end(lane) == [])


@kind
def long_ticket(target):
    lane = target.dial(alpn='sockterm-lane/1')
    lane.send_bytes(struct.pack('>IB', 2**31, 0x01) + os.urandom(64))
    say_line(closed=LaneSpeaker.read_to_end(lane) == [])


@kind
def control_on_a_lane(target):
    lane = target.dial(alpn='sockterm-lane/1')
    lane.hello('lost')
    say_line(closed=LaneSpeaker.read_to_end(lane) == [])


@kind
def flood(target):
    """Fifty lanes with tickets that nobody gave."""
    identity = Identity()
    session = target.connect('tickets')
    closed = 0
    for _ in range(50):
        lane = target.lane(Holder(identity), os.urandom(32).hex())
        closed += lane.read_to_end() == []
    say_line(closed=closed)
    still_there(session)


main()
