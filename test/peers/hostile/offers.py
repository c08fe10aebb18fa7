"""Rules 2 and 3, offers: more, other or too many of them, and what is not one's own (accept one, get another: CVE-2019-6111 scp)."""

import os

from common import GOOD, Identity, entry, kind, main, offer, open_lane, say_line, send_good, still_there, wait_for, watch
from lane_speaker import LaneSpeaker


@kind
def storm(target):
    """Thirty offers at once: ten are looked at, the others answered by themselves."""
    session = target.connect('offers')
    for number in range(30):
        offer(session, entry(f'../{number}'))
    declined = 0
    for name, body in session.messages():
        declined += name == 'decline'
        if declined == 30:
            break
    say_line(declined=declined)
    still_there(session)


@kind
def open_pages(target):
    """Offers that are never finished: what is kept of them has a limit."""
    session = target.connect('offers')
    for _ in range(9):
        offer(session, entry('page.txt'), more=True)
    watch(session)


@kind
def endless_pages(target):
    """One offer without an end."""
    session = target.connect('offers')
    transfer = os.urandom(16).hex()
    try:
        for _ in range(100):
            offer(session, *[entry(f'page-{number}') for number in range(1_000)], transfer=transfer, more=True)
    except OSError:
        pass
    watch(session)


@kind
def long_names(target):
    """Few entries, and megabytes of names."""
    session = target.connect('offers')
    transfer = os.urandom(16).hex()
    try:
        for _ in range(50):
            offer(session, entry(*['n' * 1_020] * 60), transfer=transfer, more=True)
    except OSError:
        pass
    watch(session)


@kind
def same_id_twice(target):
    """While the first one is being looked at."""
    session = target.connect('offers')
    transfer = offer(session, entry('first.txt'))
    offer(session, entry('second.txt'), transfer=transfer)
    watch(session)


def changed(name, *entries):
    """Is taken, breaks off, and asks again for something else."""
    def misbehave(target):
        session = target.connect('offers')
        transfer = os.urandom(16).hex()
        open_lane(target, session, entry('approved.txt'), transfer=transfer).close()
        offer(session, *entries, transfer=transfer)
        watch(session)

    misbehave.__name__ = name
    kind(misbehave)


changed('other_name', entry('other.txt'))
changed('other_size', entry('approved.txt', size=7))
changed('more_entries', entry('approved.txt'), entry('more.txt'))
changed('other_kind', entry('approved.txt', size=0, kind='stream'))
changed('other_time', entry('approved.txt', mtimeMs=1))


@kind
def foreign_page(target):
    """Adds a page to the offer of another peer."""
    first = target.connect('offers')
    transfer = offer(first, entry('page.txt'), more=True)
    still_there(first)
    other = target.connect('other')
    offer(other, entry('smuggled.txt'), transfer=transfer)
    watch(other)
    still_there(first)


@kind
def foreign_transfer(target):
    """Cancels, pauses and answers the transfer of another peer, and offers under its id."""
    first = target.connect('offers')
    transfer = os.urandom(16).hex()
    lane = open_lane(target, first, entry('mine.txt'), transfer=transfer)
    other = target.connect('other')
    for name in ('cancel', 'withdraw', 'pause', 'goOn', 'decline'):
        other.send(name, transfer=transfer)
    other.send('accept', transfer=transfer, skip=[])
    still_there(other)
    offer(other, entry('mine.txt'), transfer=transfer)
    watch(other)
    send_good(lane)
    say_line(lane=lane.read_frame()[0])


@kind
def withdrawn(target):
    """Offers and takes back, over and over."""
    session = target.connect('offers')
    for _ in range(200):
        session.send('withdraw', transfer=offer(session, entry('gone.txt')))
    still_there(session)


@kind
def asked_again(target):
    """Makes the accepted offer again, hundreds of times at once: one lane at most is of use."""
    session = target.connect('offers')
    transfer = os.urandom(16).hex()
    open_lane(target, session, entry('again.txt'), transfer=transfer).close()
    for _ in range(300):
        offer(session, entry('again.txt'), transfer=transfer)
    still_there(session)
    session.send('cancel', transfer=transfer)
    still_there(session)


@kind
def larger_than_the_disk(target):
    """Nothing is reserved for what is only said: the sizes of a disk farm, twice."""
    session = target.connect('offers')
    lane = open_lane(target, session, entry('huge-1', size=2**53 - 1), entry('huge-2', size=2**53 - 1))
    lane.begin(0, 0, 2**53 - 1)
    lane.data(0, GOOD)
    session.send('bye')
    say_line(left=True)


@kind
def without_end(target):
    """Is taken and never opens the lane; then cancels."""
    session = target.connect('offers')
    transfer = offer(session, entry('never.txt'))
    wait_for(session, 'lane')
    session.send('cancel', transfer=transfer)
    still_there(session)


main()
