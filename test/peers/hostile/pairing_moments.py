"""Pairing out of turn: no code is shown and none was typed, so nothing of it may count (Bluetooth's and SAS pairing's state confusions)."""

import os

from common import kind, main, still_there, watch
from sockterm_speaker import TYPES

for number, name in enumerate(('Show', 'Share', 'Reply', 'Confirm', 'Wrong', 'End'), 0xa0):
    TYPES.setdefault(f'pair{name}', number)

SHARE, TAG = os.urandom(32).hex(), os.urandom(64).hex()


def saying(name, *messages):
    def misbehave(target):
        session = target.connect('pairing')
        for message, fields in messages:
            session.send(message, **fields)
        watch(session)

    misbehave.__name__ = name
    kind(misbehave)


saying('share_unasked', ('pairShare', {'round': 1, 'attempt': 1, 'share': SHARE}))
saying('reply_unasked', ('pairReply', {'round': 1, 'attempt': 1, 'share': SHARE, 'tag': TAG}))
saying('confirm_unasked', ('pairConfirm', {'round': 1, 'attempt': 1, 'tag': TAG}))
saying('wrong_unasked', ('pairWrong', {'round': 1, 'attempt': 1}))
saying('show_with_a_gap', ('pairShow', {'round': 2}))
saying('show_backwards', ('pairShow', {'round': 1}), ('pairShow', {'round': 1}))
saying('round_zero', ('pairShow', {'round': 0}))
saying('eleventh_code', *[('pairShow', {'round': number}) for number in range(1, 12)])
saying('attempt_zero', ('pairShare', {'round': 1, 'attempt': 0, 'share': SHARE}))
saying('attempt_four', ('pairShare', {'round': 1, 'attempt': 4, 'share': SHARE}))
saying('attempt_absurd', ('pairShare', {'round': 1, 'attempt': 2**53, 'share': SHARE}))
saying('short_share', ('pairShare', {'round': 1, 'attempt': 1, 'share': '00'}))
saying('upper_case_share', ('pairShare', {'round': 1, 'attempt': 1, 'share': 'A' * 64}))
saying('end_unasked', ('pairEnd', {'round': 1, 'reason': 'burnt'}))
saying('end_with_escapes', ('pairShow', {'round': 1}), ('pairEnd', {'round': 1, 'reason': '\x1b[2J'}))


@kind
def show_and_go(target):
    """A code on a screen that is gone: nobody is asked to type it any more."""
    session = target.connect('pairing')
    session.send('pairShow', round=1)
    still_there(session)


main()
