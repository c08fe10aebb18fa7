"""Rule 2: nothing is written before an explicit accept (CVE-2024-38272 Quick Share: files without being asked).

Against a `receive` that asks a person who does not answer.
"""

import os

from common import GOOD, entry, kind, main, offer, say_line, send_good, still_there
from lane_speaker import DATA


@kind
def guessed_lane(target):
    session = target.connect('eager')
    offer(session, entry('eager.txt'))
    still_there(session)
    lane = target.lane(session, os.urandom(32).hex())
    try:
        send_good(lane)
    except OSError:
        pass
    say_line(lane=lane.read_to_end())
    still_there(session)


@kind
def id_as_ticket(target):
    """The transfer's own id, twice, where a ticket is wanted."""
    session = target.connect('eager')
    transfer = offer(session, entry('eager.txt'))
    still_there(session)
    lane = target.lane(session, transfer * 2)
    say_line(lane=lane.read_to_end())


@kind
def data_on_the_session(target):
    """Lane frames where messages belong: types that nobody must understand are passed over."""
    session = target.connect('eager')
    offer(session, entry('eager.txt'))
    session.send_frame(0x70, GOOD)
    session.send_frame(0x72, b'\0\0\0\0eager.txt')
    still_there(session)


@kind
def own_accept(target):
    """Accepts its own offer."""
    session = target.connect('eager')
    transfer = offer(session, entry('eager.txt'))
    still_there(session)
    session.send('accept', transfer=transfer, skip=[])
    session.send('goOn', transfer=transfer)
    still_there(session)


@kind
def own_lane(target):
    session = target.connect('eager')
    transfer = offer(session, entry('eager.txt'))
    still_there(session)
    session.send('lane', transfer=transfer, ticket=os.urandom(32).hex())
    still_there(session)


@kind
def made_again(target):
    """Makes the same offer again, as if it had been accepted before: with `done`, and on another session."""
    session = target.connect('eager')
    transfer = offer(session, entry('eager.txt'))
    still_there(session)
    second = target.connect('eager', identity=session.identity)
    offer(second, entry('eager.txt', done=True), transfer=transfer)
    still_there(second)


main()
