"""Flows of rooms (docs/protocol.md, 7)."""

from .rooms import FEATURE, Author, check
from .session import Peer
from .stage import flow

ROOM = 'lab'


def known(stage):
    """A key that the program is told to have verified before it starts; then its port."""
    peer = Peer()
    stage.tell(peer=peer.peer_id.hex())
    stage.port = int(stage.order())
    return peer


@flow
def room_of_both(stage):
    """What they said before, what we and a third one said, topics both ways, and what is said live."""
    peer = known(stage)
    ours, third = Author(peer, ROOM), Author(Peer(nick='carol'), ROOM)
    ours.say('first of the speaker')
    ours.say('second of the speaker')
    third.say('of a third')
    session = stage.meet(peer, features=[FEATURE])
    peer.verified.add(session.peer_id)
    assert session.both_name(FEATURE)
    _, body = session.expect('ROOMS', ask=True)
    assert body['rooms'] == [ROOM]
    # Not a name, and a room that it is not in.
    session.send('ROOMS', rooms=[ROOM, 'Not A Name', 'elsewhere'], ask=True)
    session.expect('ROOMS', ask=False)
    _, body = session.expect('ROOM_HAVE', room=ROOM)
    theirs, = [held for held in body['have'] if held['author'] == session.peer_id.hex()]
    assert (theirs['from'], theirs['to']) == (1, 2)
    _, topic = session.expect('ROOM_TOPIC', room=ROOM)
    check('topic', topic)
    stage.tell(topic=topic['topic'])
    session.send('ROOM_TOPIC', **ours.topic('set by the speaker', topic['at']))
    # What crossed on the way, and another room's.
    session.send('ROOM_HAVE', room='elsewhere', have=[ours.held])
    session.send('ROOM_HAVE', room=ROOM, have=[ours.held, third.held])
    wish = {'room': ROOM, 'author': theirs['author'], 'stream': theirs['stream']}
    session.send('ROOM_WANT', **wish, **{'from': 2})
    _, body = session.expect('ROOM_MESSAGE', **wish, seq=2)
    check('message', body)
    stage.tell(said=body['text'])
    for author in (ours, third):
        session.expect('ROOM_WANT', author=author.held['author'], **{'from': 1})
        for body in author.said:
            session.send('ROOM_MESSAGE', **body)
        session.send('ROOM_MESSAGE', **author.said[0])
    # They say what they have now, which is the acknowledgement.
    acknowledged = {}
    while len(acknowledged) < 2:
        _, body = session.expect('ROOM_HAVE', room=ROOM)
        acknowledged |= {held['author']: held['to'] for held in body['have'] if held['author'] != theirs['author']}
    assert sorted(acknowledged.values()) == [1, 2]
    stage.order()
    _, body = session.expect('ROOM_MESSAGE', **wish, seq=3)
    check('message', body)
    stage.tell(live=body['text'])
    session.send('ROOM_HAVE', room=ROOM, have=[ours.held, theirs | {'to': 3}])
    stage.order()
    session.send('ROOM_MESSAGE', **ours.say('live of the speaker'))
    session.expect('ROOM_HAVE', room=ROOM)
    stage.order()
    session.send('ROOMS', rooms=[], ask=False)
    session.expect('ACK', id=session.say('out of the room'))
    session.end()


@flow
def rooms_unverified(stage):
    """They have not verified this key: nothing about rooms comes, and what we say about them is passed over."""
    session = stage.meet(features=[FEATURE])
    author = Author(session.peer, ROOM)
    session.send('ROOMS', rooms=[ROOM], ask=True)
    session.send('ROOM_MESSAGE', **author.say('not for you'))
    session.send('ROOM_HAVE', room=ROOM, have=[author.held])
    session.expect('ACK', id=session.say('still here'))
    assert not [name for name, _ in session.waiting if name.startswith('ROOM')]
    session.end()


@flow
def room_forged(stage):
    """A message that its author has not signed ends the session."""
    peer = known(stage)
    session = stage.meet(peer, features=[FEATURE])
    author = Author(Peer(nick='carol'), ROOM)
    session.send('ROOMS', rooms=[ROOM], ask=False)
    session.send('ROOM_MESSAGE', **author.say('of carol') | {'text': 'not of carol'})
    _, body = session.expect('ERROR')
    stage.tell(error=body['code'])
    session.connection.close()
