"""Flows in which the speaker takes files (docs/protocol.md, 5)."""

from .blake3 import blake3
from .lanes import BLOCK, open_lane
from .offers import FOLDER, read_offer, send_answer
from .session import Peer
from .stage import flow
from .transfer import Receiving, blocks_of, durable, fail, send_held


def path_of(entry):
    return '/'.join(entry['path'])


def take(stage, session, skip=(), transfer=None, **answer):
    """An offer, our answer to it and its lane."""
    transfer, entries = read_offer(session, transfer)
    skip = skip(entries) if callable(skip) else skip
    send_answer(session, transfer, skip=skip, **answer)
    return transfer, entries, skip, open_lane(session, transfer)


def take_rest(receiving, count):
    """Reads and saves so many entries; gives path and digest of each."""
    taken = {}
    for _ in range(count):
        number, content, end = receiving.read()
        assert content is not None, f'ABORT {end}'
        assert receiving.save(number, content, end), 'the digest is another one'
        taken[path_of(receiving.entries[number])] = blake3(content).hex()
    return taken


@flow
def take_tree(stage):
    """Files, folders and an empty folder; all of it."""
    session = stage.meet()
    _, entries, skip, lane = take(stage, session)
    stage.tell(folders=[path_of(entry) for entry in entries if entry.get('kind') == FOLDER])
    stage.tell(taken=take_rest(Receiving(lane, entries), len(entries)))
    lane.expect_end()
    session.expect_end()


@flow
def take_some_of_many(stage):
    """An offer in pages, an answer in pages: only three are wanted."""
    session = stage.meet()
    _, entries, skip, lane = take(stage, session, page=100, skip=lambda all: range(3, len(all)))
    stage.tell(offered=len(entries), taken=take_rest(Receiving(lane, entries, skip), 3))
    lane.expect_end()
    session.expect_end()


@flow
def take_stream(stage):
    session = stage.meet()
    _, entries, _, lane = take(stage, session)
    assert entries[0]['kind'] == 'stream' and entries[0]['size'] == 0
    stage.tell(taken=take_rest(Receiving(lane, entries), 1))
    lane.expect_end()
    session.expect_end()


@flow
def decline(stage):
    session = stage.meet()
    transfer, _ = read_offer(session)
    session.send('DECLINE', transfer=transfer, code='notToday')
    session.expect_end()


@flow
def withdrawn_by_them(stage):
    session = stage.meet()
    transfer, _ = read_offer(session)
    stage.tell(offered=transfer)
    session.expect('WITHDRAW', transfer=transfer)
    stage.tell(withdrawn=True)
    session.expect_end()


@flow
def take_resumed(stage):
    """The lane is cut, then the session: what is settled is marked, and of the rest only what is missing comes.

    Of the second file the first and the third block are here, and of the fourth one other bytes.
    """
    peer = Peer()
    session = stage.meet(peer)
    transfer, entries, _, lane = take(stage, session)
    receiving = Receiving(lane, entries)
    taken = take_rest(receiving, 1)

    class Enough(Exception):
        pass

    def look(entry):
        durable(lane, entry.number, len(entry.content))
        if len(entry.content) >= 3 * BLOCK:
            kept.extend(blocks_of(bytes(entry.content[:3 * BLOCK])))
            raise Enough

    kept = []
    try:
        receiving.read(look)
    except Enough:
        lane.cut()

    _, entries, _, lane = take(stage, session, transfer=transfer, skip=[0], held=[1])
    assert entries[0].get('done') and not entries[1].get('done')
    session.cut()

    session = stage.meet(peer)
    _, entries, _, lane = take(stage, session, transfer=transfer, skip=[0], held=[1])
    partial = [kept[0], None, kept[2], b'not what is there']
    send_held(lane, 1, partial, page=2)
    receiving = Receiving(lane, entries, skip=[0], partial={1: partial})
    taken |= take_rest(receiving, 1)
    stage.tell(taken=taken, moved=receiving.moved)
    lane.expect_end()
    session.expect_end()


@flow
def take_what_is_here(stage):
    """The order is what is here of each: the first is the same, the second is not, and its bytes are asked for."""
    session = stage.meet()
    here = {0: stage.order().encode(), 1: stage.order().encode()}
    transfer, entries, _, lane = take(stage, session, same=[0, 1])
    receiving = Receiving(lane, entries, same=here)
    for expected in (True, False):
        number, content, end = receiving.read()
        assert receiving.save(number, content, end) is expected
    assert receiving.moved == 0
    _, entries, skip, lane = take(stage, session, transfer=transfer, skip=[0])
    assert entries[0].get('done')
    stage.tell(taken=take_rest(Receiving(lane, entries, skip), 1))
    lane.expect_end()
    session.expect_end()


@flow
def take_and_fail(stage):
    """The first cannot be written: the sender stops it, and goes on with the second."""
    session = stage.meet()
    _, entries, _, lane = take(stage, session)
    receiving = Receiving(lane, entries)
    failed = []

    def refuse(entry):
        if not failed:
            fail(lane, entry.number, 'diskFull')
            failed.append(entry.number)

    number, content, end = receiving.read(refuse)
    stage.tell(stopped=end.get('code'))
    stage.tell(taken=take_rest(receiving, 1))
    lane.expect_end()
    session.expect_end()


@flow
def take_what_changes(stage):
    """Stands still in the middle, while the source is made another one."""
    session = stage.meet()
    transfer, entries, _, lane = take(stage, session)
    receiving = Receiving(lane, entries)
    paused = []

    def pause(entry):
        if not paused:
            session.send('PAUSE', transfer=transfer)
            paused.append(stage.tell(paused=True))
            stage.order()
            session.send('GO_ON', transfer=transfer)

    _, content, end = receiving.read(pause)
    assert content is None
    stage.tell(aborted=end['code'])
    lane.expect_end()
    session.expect_end()


@flow
def take_paused_by_them(stage):
    session = stage.meet()
    transfer, entries, _, lane = take(stage, session)
    receiving = Receiving(lane, entries)
    paused = []

    def wait(entry):
        if not paused:
            paused.append(True)
            stage.tell(begun=True)
            session.expect('PAUSE', transfer=transfer)
            stage.tell(paused=True)
            session.expect('GO_ON', transfer=transfer)

    number, content, end = receiving.read(wait)
    assert receiving.save(number, content, end)
    stage.tell(taken={path_of(entries[0]): blake3(content).hex()})
    session.expect_end()


def take_half(stage, session):
    """Something of the first entry, and no more; the lane stands still."""
    transfer, entries, _, lane = take(stage, session)
    assert lane.next()[0] == 'BEGIN' and lane.next()[0] == 'DATA'
    return transfer, lane


@flow
def take_cancelled(stage):
    session = stage.meet()
    transfer, lane = take_half(stage, session)
    session.send('CANCEL', transfer=transfer)
    lane.expect_end()
    stage.tell(cancelled=True)
    session.expect_end()


@flow
def take_cancelled_by_them(stage):
    session = stage.meet()
    transfer, lane = take_half(stage, session)
    stage.tell(half=True)
    session.expect('CANCEL', transfer=transfer)
    lane.expect_end()
    session.expect('ACK', id=session.say('as you like'))
    session.end()
