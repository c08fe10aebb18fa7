"""Flows in which the speaker sends files (docs/protocol.md, 5)."""

import os

from .blake3 import blake3
from .lanes import BLOCK, open_lane
from .offers import FOLDER, STREAM, Source, read_answer, send_offer
from .session import Peer
from .stage import flow
from .transfer import abort_entry, read_held, send_begin, send_data, send_entry


def tell_sources(stage, sources):
    stage.tell(sources={'/'.join(source.path): blake3(source.content).hex() for source in sources if source.kind != FOLDER})


def offer_and_open(stage, session, sources, transfer=None, **options):
    transfer = send_offer(session, sources, transfer, **options)
    answer = read_answer(session, transfer)
    return transfer, answer, open_lane(session, transfer)


def expect_saved(lane, number):
    name, fields = lane.expect('SAVED', 'FAILED', entry=number)
    assert name == 'SAVED', fields
    return fields['name']


@flow
def send_many_kinds(stage):
    """A tree, an empty folder, an empty file, a stream and a single file, in an offer of several pages."""
    session = stage.meet()
    sources = [
        Source('tree', 'a', 'one.txt', content=b'one\n'),
        Source('tree', 'a', 'two.bin', content=os.urandom(200_000)),
        Source('tree', 'hollow', kind=FOLDER),
        Source('empty.txt'),
        Source('piped.bin', content=os.urandom(150_000), kind=STREAM),
        Source('单个.txt', content='你好'.encode()),
    ]
    tell_sources(stage, sources)
    transfer, answer, lane = offer_and_open(stage, session, sources, page=2)
    wanted = [number for number in range(len(sources)) if number not in answer.skip]
    for number in wanted:
        send_entry(lane, number, sources[number], piece=65_536 + 1)
    stage.tell(saved=[expect_saved(lane, number) for number in wanted])
    lane.close()
    stage.order()
    session.end()


@flow
def send_declined(stage):
    session = stage.meet()
    transfer = send_offer(session, [Source('unwanted.txt', content=b'x')])
    answer = read_answer(session, transfer)
    stage.tell(declined=answer.get('code'))
    session.end()


@flow
def send_withdrawn(stage):
    session = stage.meet()
    transfer = send_offer(session, [Source('second-thoughts.txt', content=b'x')])
    stage.order()
    session.send('WITHDRAW', transfer=transfer)
    # An answer that crosses it, and what is about transfers that nobody knows, are passed over.
    for name in ('WITHDRAW', 'CANCEL', 'PAUSE', 'GO_ON', 'DECLINE'):
        session.send(name, transfer=transfer)
    session.send('ACCEPT', transfer='00' * 16, skip=[])
    session.expect('ACK', id=session.say('never mind'))
    session.end()


@flow
def send_paused(stage):
    """Both sides pause and go on; nothing is sent meanwhile."""
    session = stage.meet()
    source = Source('paused.bin', content=os.urandom(300_000))
    tell_sources(stage, [source])
    transfer, _, lane = offer_and_open(stage, session, [source])
    send_begin(lane, 0, source)
    send_data(lane, 0, source.content[:100_000])
    session.send('PAUSE', transfer=transfer)
    stage.tell(paused='ours')
    stage.order()
    session.send('GO_ON', transfer=transfer)
    send_data(lane, 100_000, source.content[100_000:200_000])
    stage.tell(going='ours')
    session.expect('PAUSE', transfer=transfer)
    stage.tell(pausedByThem=True)
    session.expect('GO_ON', transfer=transfer)
    send_data(lane, 200_000, source.content[200_000:])
    lane.send('END', 0, rest=blake3(source.content))
    stage.tell(saved=[expect_saved(lane, 0)])
    lane.close()
    session.end()


def send_half(stage, session):
    source = Source('half.bin', content=os.urandom(300_000))
    transfer, _, lane = offer_and_open(stage, session, [source])
    send_begin(lane, 0, source)
    send_data(lane, 0, source.content[:100_000])
    stage.tell(half=transfer)
    return transfer, lane


@flow
def send_cancelled(stage):
    session = stage.meet()
    transfer, lane = send_half(stage, session)
    stage.order()
    session.send('CANCEL', transfer=transfer)
    lane.expect_end()
    session.expect('ACK', id=session.say('no more of it'))
    session.end()


@flow
def send_cancelled_by_them(stage):
    session = stage.meet()
    transfer, lane = send_half(stage, session)
    session.expect('CANCEL', transfer=transfer)
    lane.expect_end()
    session.expect('ACK', id=session.say('as you like'))
    session.end()


@flow
def send_what_changes(stage):
    """The first changes while it is sent, the second is gone before, the third has another digest, the last is good."""
    session = stage.meet()
    sources = [Source(f'{name}.txt', content=b'content of it') for name in ('changed', 'gone', 'wrong', 'good')]
    _, _, lane = offer_and_open(stage, session, sources)
    send_begin(lane, 0, sources[0])
    send_data(lane, 0, sources[0].content[:5])
    abort_entry(lane, 0, 'sourceChanged')
    abort_entry(lane, 1, 'sourceGone')
    send_begin(lane, 2, sources[2])
    send_data(lane, 0, sources[2].content)
    lane.send('END', 2, rest=bytes(32))
    send_entry(lane, 3, sources[3])
    _, fields = lane.expect('FAILED', entry=2)
    stage.tell(failed=fields['code'], saved=[expect_saved(lane, 3)])
    lane.close()
    session.end()


@flow
def send_resumed(stage):
    """Two cuts: of the lane, where the same session goes on, and of the session, where the next one does.

    The first block is another one by then, so that the second is a gap in the middle of what is sent.
    """
    peer = Peer()
    session = stage.meet(peer)
    blocks = [os.urandom(BLOCK) for _ in range(3)]
    first = Source('first.txt', content=b'saved before the cut')
    source = Source('resumed.bin', content=b''.join(blocks) + b'tail')
    sources = [first, source]
    transfer, _, lane = offer_and_open(stage, session, sources)
    send_entry(lane, 0, first)
    expect_saved(lane, 0)
    first.done = True
    send_begin(lane, 1, source)
    send_data(lane, 0, source.content[:2 * BLOCK])
    stage.tell(sent=2 * BLOCK)
    stage.order()
    lane.cut()

    _, answer, lane = offer_and_open(stage, session, sources, transfer)
    assert 0 in answer.skip and answer.held == {1}, vars(answer)
    source.content = os.urandom(BLOCK) + source.content[BLOCK:]
    stage.tell(held=len(read_held(lane, 1)))
    session.cut()

    session = stage.meet(peer)
    _, answer, lane = offer_and_open(stage, session, sources, transfer)
    assert answer.held == {1}, vars(answer)
    stage.tell(moved=send_entry(lane, 1, source, answer))
    stage.tell(saved=[expect_saved(lane, 1)])
    tell_sources(stage, sources)
    lane.close()
    session.end()


@flow
def send_what_is_there(stage):
    """One is there as it is, one is there with other bytes: these are asked for when the offer comes again."""
    session = stage.meet()
    same = Source('same.txt', content=stage.order().encode())
    other = Source('other.txt', content=stage.order().encode())
    transfer, answer, lane = offer_and_open(stage, session, [same, other])
    assert answer.same == {0, 1}, vars(answer)
    for number, source in enumerate([same, other]):
        assert send_entry(lane, number, source, answer) == 0
    saved = [expect_saved(lane, 0)]
    _, fields = lane.expect('FAILED', entry=1)
    assert fields['code'] == 'differs'
    lane.close()
    same.done = True
    _, answer, lane = offer_and_open(stage, session, [same, other], transfer)
    assert answer.skip == {0} and 1 not in answer.same, vars(answer)
    assert send_entry(lane, 1, other, answer) == len(other.content)
    stage.tell(saved=[*saved, expect_saved(lane, 1)])
    lane.close()
    session.end()
