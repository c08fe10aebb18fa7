"""Flows of the control connection: HELLO, messages, names, pings, ends, and two connections at once."""

from .frames import read_control
from .pairing import Showing
from .session import Peer
from .stage import flow

ZBASE32 = 'ybndrfg8ejkmcpqxot1uwisza345h769'


@flow
def everything_small(stage):
    """Dials or is dialled; what a later version would say is passed over; messages and answers both ways."""
    session = stage.meet(versions=[65535, 1, 7], features=['teleport', '飛ぶ'], mood={'of': ['the', 'day']})
    assert session.version == 1
    session.send_unknown(0x7F, b'\xff no JSON at all')
    session.send('NICK', nick='speaker')
    id = session.say('hi 你好 \x1b[31m', id='x' * 40)
    session.expect('ACK', id=id)
    session.send('MESSAGE', id=id, text='the same id again')
    session.expect('ACK', id=id)
    session.send('ACK', id='never said')
    session.send('PING', nonce=4_294_967_295)
    session.expect('PONG', nonce=4_294_967_295)
    session.send('NICK', nick='renamed')
    stage.order()
    session.expect('ACK', id=session.say('as somebody else'))
    session.end()


@flow
def message_of_theirs(stage):
    session = stage.meet()
    _, body = session.expect('MESSAGE')
    stage.tell(message=body['text'])
    session.expect('BYE')
    session.connection.close()


@flow
def nick_of_theirs(stage):
    session = stage.meet()
    stage.tell(nick=session.hello['nick'], role=session.hello['role'])
    _, body = session.expect('NICK')
    stage.tell(nick=body['nick'])
    session.expect('BYE')
    session.connection.close()


@flow
def long_messages_of_theirs(stage):
    """They have verified this key, and say something long: refused first, taken when we have verified theirs."""
    peer = Peer()
    session = stage.meet(peer, features=['longMessages'])
    showing = Showing(session)
    stage.tell(code=showing.code)
    assert showing.answer() is True
    session.expect_end()
    for known in (False, True):
        if known:
            peer.verified.add(session.peer_id)
        session = stage.meet(peer, features=['longMessages'])
        _, body = session.expect('MESSAGE')
        assert body.get('refused', False) is not known
        stage.tell(**{'taken' if known else 'refused': len(body['text'])})
        session.expect_end()


@flow
def long_message_of_ours(stage):
    """Longer than who has not verified us takes."""
    session = stage.meet(features=['longMessages'])
    assert session.both_name('longMessages')
    _, body = session.expect('REFUSED', id=session.say('z' * 16_385))
    assert not session.peer.unacknowledged
    stage.tell(refused=body['code'])
    session.send('REFUSED', id='never said', code='messageTooLong')
    session.expect('ACK', id=session.say('short'))
    session.end()


@flow
def ping_of_theirs(stage):
    """Says nothing for so long that the other side asks."""
    session = stage.meet()
    session.expect('PING')
    session.expect('ACK', id=session.say('awake'))
    session.end()


@flow
def no_common_version(stage):
    """The dialler is told so; the one that is dialled tells it."""
    session = stage.meet(versions=[9, 8])
    assert session.version is None
    if session.dialled:
        _, body = session.expect('ERROR')
        stage.tell(error=body['code'])
        session.connection.close()
    else:
        session.end('ERROR', code='versionMismatch')


@flow
def resend_after_cut(stage):
    """What was said is not acknowledged to the old connection, and is said again on the new one."""
    peer = Peer()
    session = stage.meet(peer)
    first, second = session.say('first'), session.say('second')
    stage.order()
    session.cut()
    session = stage.meet(peer)
    session.say_again()
    session.expect('ACK', id=first)
    session.expect('ACK', id=second)
    assert not peer.unacknowledged
    session.end()


@flow
def resend_of_theirs(stage):
    """Cuts before the ACK: the same message comes again, with its id."""
    peer = Peer()
    session = stage.meet(peer)
    stage.tell(ready=True)
    while True:
        name, body, _ = read_control(session.connection)
        if name == 'MESSAGE':
            break
    session.cut()
    again = stage.meet(peer)
    _, repeated = again.expect('MESSAGE')
    assert (repeated['id'], repeated['text']) == (body['id'], body['text'])
    stage.tell(message=repeated['text'])
    again.end()


@flow
def newer_of_one_side(stage):
    """Two dialled from the same side: the newer stays, and what had no ACK is said on it."""
    peer = Peer()
    older = stage.meet(peer)
    id = older.say('on the older')
    newer = stage.meet(peer)
    # Whatever has been acknowledged over there: nothing has come here yet.
    newer.say_again()
    newer.expect('ACK', id=id)
    older.expect('BYE')
    older.connection.close()
    newer.expect('ACK', id=newer.say('on the newer'))
    newer.end()


def from_zbase32(text):
    value = 0
    for character in text.replace(' ', ''):
        value = value << 5 | ZBASE32.index(character)
    return (value >> 4).to_bytes(32, 'big')


def peer_beside(stage, lower):
    """A key that is lower, or higher, than the one that the program shows to people."""
    theirs = from_zbase32(stage.order())
    for _ in range(2_000):
        peer = Peer()
        if (peer.peer_id < theirs) == lower:
            return peer, theirs
    raise AssertionError('no such key')


def crossed(stage, lower):
    """Both dial: the connection stays that the side with the lower PeerId has dialled."""
    peer, theirs = peer_beside(stage, lower)
    port = int(stage.order())
    stage.tell(listening=peer.listen())
    dialled_by_them = peer.accept()
    assert dialled_by_them.peer_id == theirs
    dialled_by_us = peer.dial('127.0.0.1', port)
    stays, goes = (dialled_by_us, dialled_by_them) if lower else (dialled_by_them, dialled_by_us)
    goes.end()
    stays.expect('ACK', id=stays.say('on what stays'))
    _, body = stays.expect('MESSAGE')
    stage.tell(message=body['text'])
    stays.end()


@flow
def crossed_where_ours_stays(stage):
    crossed(stage, lower=True)


@flow
def crossed_where_theirs_stays(stage):
    crossed(stage, lower=False)
