"""Flows of pairing (docs/protocol.md, 6). The test tells codes as orders; ours are told to it."""

from .pairing import Showing, type_code
from .stage import flow


def other_code(code):
    return f'{(int(code) + 1) % 1_000_000:06}'


@flow
def pair_typing(stage):
    """A wrong code, then the right one; then it goes, while the other side may still be writing that down."""
    session = stage.meet(role='console')
    _, shown = session.expect('PAIR_SHOW')
    code = stage.order()
    assert type_code(session, other_code(code), shown['round'], 1) is False
    assert type_code(session, code, shown['round'], 2) is True
    stage.tell(verified=session.peer_id.hex())
    session.end()


@flow
def pair_typing_wrong(stage):
    """Three wrong codes: the code is burnt, and a fourth attempt is answered by PAIR_END."""
    session = stage.meet()
    _, shown = session.expect('PAIR_SHOW')
    code = stage.order()
    for attempt in (1, 2, 3):
        assert type_code(session, other_code(code), shown['round'], attempt) is False
    _, body = session.expect('PAIR_END')
    stage.tell(ended=body['reason'])
    session.end()


@flow
def pair_end_of_theirs(stage):
    """They take their code back, or it expires; what is typed then is answered, and is no error."""
    session = stage.meet()
    _, shown = session.expect('PAIR_SHOW')
    stage.tell(shown=True)
    _, body = session.expect('PAIR_END', round=shown['round'])
    stage.tell(ended=body['reason'])
    assert type_code(session, '123456', shown['round'], 1) in ('withdrawn', 'expired')
    session.expect('ACK', id=session.say('still here'))
    session.end()


@flow
def pair_showing(stage):
    """They type a wrong code, then the right one."""
    session = stage.meet()
    showing = Showing(session)
    stage.tell(code=showing.code, other=other_code(showing.code))
    assert showing.answer() is False
    stage.tell(wrong=1)
    assert showing.answer() is True
    stage.tell(verified=session.peer_id.hex())
    session.expect_end()


@flow
def pair_both_showing(stage):
    """Both show a code at the same time: one of them is typed, and the other is worth no less for it."""
    session = stage.meet()
    session.expect('PAIR_SHOW', round=1)
    stage.tell(shown=True)
    showing = Showing(session)
    theirs = stage.order()
    assert type_code(session, other_code(theirs), 1, 1) is False
    stage.tell(code=showing.code)
    assert showing.answer() is True
    stage.tell(verified=session.peer_id.hex())
    stage.order()
    session.end()


@flow
def pair_showing_wrong(stage):
    """Three wrong ones, and the code is burnt."""
    session = stage.meet()
    showing = Showing(session)
    stage.tell(code=showing.code, other=other_code(showing.code))
    for attempt in (1, 2, 3):
        assert showing.answer() is False
        stage.tell(wrong=attempt)
    showing.end('burnt')
    session.expect_end()


@flow
def pair_showing_again(stage):
    """One code is taken back, one expires, the third is good: rounds count all of them."""
    session = stage.meet(features=['longMessages'])
    Showing(session).end('withdrawn')
    Showing(session, 2).end('expired')
    Showing(session, 3)
    showing = Showing(session, 4)
    stage.tell(code=showing.code)
    assert showing.answer() is True
    stage.tell(verified=session.peer_id.hex())
    stage.order()
    # What only who has verified us takes.
    session.expect('ACK', id=session.say('long ' * 13_000))
    session.end()
