"""Rule 6, rates: floods of what is legal once (nicks, messages, ids, connections) stay one peer's affair."""

import os

from common import TROUBLE, Identity, kind, main, reset, say_line, still_there, wait_for


@kind
def message_ids(target):
    """The same id with other texts: shown once. And thousands of ids: the oldest are forgotten, nothing grows."""
    session = target.connect('storm')
    for number in range(50):
        session.send('message', id='same', text=f'version {number}')
    still_there(session)
    for number in range(6_000):
        session.send('message', id=f'id-{number}', text='')
        if number % 500 == 499:
            still_there(session)


@kind
def ids_of_others(target):
    """The id that another peer has used already is another message."""
    first = target.connect('storm')
    first.send('message', id='shared', text='of the first')
    wait_for(first, 'ack')
    second = target.connect('storm')
    second.send('message', id='shared', text='of the second')
    wait_for(second, 'ack')
    still_there(second)


@kind
def strange_ids(target):
    session = target.connect('storm')
    for id in (TROUBLE[:40], '../../etc/passwd', '\0', '\u202e', 'a' * 40, '0', '-1', 'null'):
        session.send('message', id=id, text='strange id')
        wait_for(session, 'ack')
    still_there(session)


@kind
def nicks(target):
    """Another name a thousand times."""
    session = target.connect('storm')
    for number in range(1_000):
        session.send('nick', nick=f'storm-{number}')
    still_there(session)


@kind
def sessions(target):
    """Comes and goes, thirty times."""
    identity = Identity()
    for _ in range(30):
        session = target.connect('storm', identity)
        session.receive()
        reset(session.socket)
    still_there(target.connect('storm', identity))


@kind
def goodbyes(target):
    session = target.connect('storm')
    session.receive()
    for _ in range(1_000):
        try:
            session.send('bye')
        except OSError:
            break
    say_line(closed=True)


main()
