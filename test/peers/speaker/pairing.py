"""Six digits (docs/protocol.md, 6), by who shows them and by who types them."""

import hashlib
import hmac
import secrets
import time

from .cpace import generator, lv, multiply_share, random_scalar, session_key, share_of

LABEL = b'EXPORTER-sockterm-pairing'
GOOD_FOR, ATTEMPTS = 120, 3


class Inputs:
    """What both sides put in for one attempt."""

    def __init__(self, session, typing, code, round, attempt):
        own, theirs = session.peer.peer_id, session.peer_id
        types, shows = (own, theirs) if typing else (theirs, own)
        h, h_shown = (session.own_hello, session.their_hello) if typing else (session.their_hello, session.own_hello)
        self.prs = b'sockterm/1 pairing code ' + code.encode('ascii')
        self.ci = lv(b'typing', types, b'showing', shows)
        self.sid = session.connection.export(LABEL, 32) + bytes([round, attempt])
        self.ada = hashlib.sha512(lv(b'typing', h, h_shown)).digest()
        self.adb = hashlib.sha512(lv(b'showing', h, h_shown)).digest()
        self.scalar = random_scalar()
        self.share = share_of(generator(self.prs, self.ci, self.sid), self.scalar)

    def tags(self, ya, yb, other):
        """(Ta, Tb)."""
        assert other != self.share, 'our own share came back'
        product = multiply_share(self.scalar, other)
        assert product, 'the share is no element, or the product is neutral'
        isk = session_key(self.sid, product, ya, self.ada, yb, self.adb)
        key = hashlib.sha512(b'CPaceMac' + self.sid + isk).digest()
        return hmac.digest(key, lv(ya, self.ada), 'sha512'), hmac.digest(key, lv(yb, self.adb), 'sha512')


def type_code(session, code, round, attempt):
    """One attempt by who types: whether the other side showed this code."""
    inputs = Inputs(session, True, code, round, attempt)
    session.send('PAIR_SHARE', round=round, attempt=attempt, share=inputs.share.hex())
    name, body = session.expect('PAIR_REPLY', 'PAIR_END', round=round)
    if name == 'PAIR_END':
        return body['reason']
    assert body['attempt'] == attempt
    reply = bytes.fromhex(body['share'])
    ta, tb = inputs.tags(inputs.share, reply, reply)
    if hmac.compare_digest(tb, bytes.fromhex(body['tag'])):
        session.send('PAIR_CONFIRM', round=round, attempt=attempt, tag=ta.hex())
        return True
    session.send('PAIR_WRONG', round=round, attempt=attempt)
    return False


class Showing:
    """One code on a screen, and the attempts at it."""

    def __init__(self, session, round=1, code=None):
        self.session, self.round = session, round
        self.code = code or f'{secrets.randbelow(1_000_000):06}'
        self.attempt = 0
        self.until = time.monotonic() + GOOD_FOR
        session.send('PAIR_SHOW', round=round)

    def answer(self):
        """One attempt by who types: True where it was the code."""
        _, body = self.session.expect('PAIR_SHARE', round=self.round)
        assert body['attempt'] == self.attempt + 1, 'an attempt is left out'
        self.attempt += 1
        inputs = Inputs(self.session, False, self.code, self.round, self.attempt)
        share = bytes.fromhex(body['share'])
        ta, tb = inputs.tags(share, inputs.share, share)
        where = {'round': self.round, 'attempt': self.attempt}
        self.session.send('PAIR_REPLY', **where, share=inputs.share.hex(), tag=tb.hex())
        name, body = self.session.expect('PAIR_CONFIRM', 'PAIR_WRONG', **where)
        if name == 'PAIR_WRONG':
            return False
        assert hmac.compare_digest(ta, bytes.fromhex(body['tag'])), 'a wrong tag of who has seen ours'
        return True

    def end(self, reason):
        self.session.send('PAIR_END', round=self.round, reason=reason)
