"""Pairing with shares that are none, and without the code (invalid curve points, CVE-2018-5383 Bluetooth; reflection; guessing)."""

import os

from common import kind, say_line, wait_for, watch
from listening import main
from sockterm_speaker import NAMES, TYPES

for number, name in enumerate(('Show', 'Share', 'Reply', 'Confirm', 'Wrong', 'End'), 0xa0):
    TYPES.setdefault(f'pair{name}', number)
    NAMES.setdefault(number, f'pair{name}')

P = 2**255 - 19
BAD_SHARES = {
    'neutral': bytes(32),
    'not_canonical': P.to_bytes(32, 'little'),
    'negative': (1).to_bytes(32, 'little'),
    'no_square': (P - 1).to_bytes(32, 'little'),
    'all_ones': b'\xff' * 32,
}
# The generator of ristretto255 (RFC 9496, appendix A.1): an element that everybody knows.
GENERATOR = bytes.fromhex('e2f2ae0a6abc4e71a884a961c500515f58e30b6aa582dd8db6a65945e08d2d76')


def typing(name, share):
    """The code is on the other screen; what is typed here is no share."""
    def misbehave(listener):
        session = listener.session('typist')
        wait_for(session, 'pairShow')
        session.send('pairShare', round=1, attempt=1, share=share.hex())
        watch(session)

    misbehave.__name__ = f'typing_{name}'
    kind(misbehave)


def showing(name, share):
    """A code is said to be here; the answer to the typed one is no share."""
    def misbehave(listener):
        session = listener.session('shower')
        session.send('pairShow', round=1)
        theirs = wait_for(session, 'pairShare')['share']
        session.send('pairReply', round=1, attempt=1, share=share.hex() if share else theirs, tag=os.urandom(64).hex())
        watch(session)

    misbehave.__name__ = f'showing_{name}'
    kind(misbehave)


for name, share in BAD_SHARES.items():
    typing(name, share)
    showing(name, share)
showing('reflection', None)
showing('guess', GENERATOR)


@kind
def typing_reflection(listener):
    """The first answer's share comes back as the second attempt."""
    session = listener.session('typist')
    wait_for(session, 'pairShow')
    session.send('pairShare', round=1, attempt=1, share=GENERATOR.hex())
    theirs = wait_for(session, 'pairReply')['share']
    session.send('pairWrong', round=1, attempt=1)
    session.send('pairShare', round=1, attempt=2, share=theirs)
    # Another scalar each time: it is a share like any other, and fails for want of the code.
    reply = wait_for(session, 'pairReply')
    session.send('pairConfirm', round=1, attempt=2, tag=reply['tag'])
    watch(session)


@kind
def typing_guesses(listener):
    """Three attempts, and three more."""
    session = listener.session('typist')
    wait_for(session, 'pairShow')
    for attempt in (1, 2, 3):
        session.send('pairShare', round=1, attempt=attempt, share=GENERATOR.hex())
        if not wait_for(session, 'pairReply'):
            return
        session.send('pairWrong', round=1, attempt=attempt)
    say_line(ended=wait_for(session, 'pairEnd'))
    session.send('pairShare', round=1, attempt=1, share=GENERATOR.hex())
    watch(session)


@kind
def typing_false_tag(listener):
    session = listener.session('typist')
    wait_for(session, 'pairShow')
    session.send('pairShare', round=1, attempt=1, share=GENERATOR.hex())
    wait_for(session, 'pairReply')
    session.send('pairConfirm', round=1, attempt=1, tag=bytes(64).hex())
    watch(session)


@kind
def typing_and_going(listener):
    """Breaks off with the answer in hand: the attempt is spent."""
    session = listener.session('typist')
    wait_for(session, 'pairShow')
    session.send('pairShare', round=1, attempt=1, share=GENERATOR.hex())
    wait_for(session, 'pairReply')
    say_line(left=True)


@kind
def typing_attempt_ahead(listener):
    session = listener.session('typist')
    wait_for(session, 'pairShow')
    session.send('pairShare', round=1, attempt=2, share=GENERATOR.hex())
    watch(session)


@kind
def typing_many_at_once(listener):
    """All attempts in one write, and a hundred more."""
    session = listener.session('typist')
    wait_for(session, 'pairShow')
    for attempt in (1, 2, 3, *[3] * 100):
        session.send('pairShare', round=1, attempt=attempt, share=GENERATOR.hex())
    watch(session)


main()
