"""The bytes of files on a lane, out and in (docs/protocol.md, 5). What comes is held against the table of what is legal."""

from .blake3 import blake3
from .frames import LARGEST
from .lanes import BLOCK
from .offers import STREAM

ABSENT = bytes(32)


def blocks_of(content):
    return [content[at:at + BLOCK] for at in range(0, len(content), BLOCK)]


# --- The sender


def read_held(lane, entry):
    """The hashes of blocks that the receiver says it has."""
    hashes = []
    while True:
        _, fields = lane.expect('HELD', entry=entry)
        data = fields['hashes']
        hashes += [data[at:at + 32] for at in range(0, len(data), 32)]
        if not fields['flags'] & 1:
            return hashes


def send_begin(lane, number, source, left_out=0):
    size = LARGEST if source.kind == STREAM else len(source.content)
    lane.send('BEGIN', number, left_out, size)


def send_data(lane, offset, content, piece=BLOCK):
    for at in range(0, len(content), piece):
        lane.send('DATA', offset + at, rest=content[at:at + piece])


def send_entry(lane, number, source, answer=None, piece=BLOCK):
    """BEGIN, DATA and END; leaves out the blocks that are there, and says how many bytes went."""
    content, present = source.content, set()
    if answer and number in answer.held:
        theirs = read_held(lane, number)
        present = {at for at, (block, digest) in enumerate(zip(blocks_of(content), theirs)) if blake3(block) == digest}
    same = bool(answer and number in answer.same)
    left_out = len(content) if same else sum(len(blocks_of(content)[at]) for at in present)
    send_begin(lane, number, source, left_out)
    for at, block in enumerate([] if same else blocks_of(content)):
        if at not in present:
            send_data(lane, at * BLOCK, block, piece)
    lane.send('END', number, rest=blake3(content))
    return len(content) - left_out


def abort_entry(lane, number, code):
    lane.send('ABORT', number, rest=code.encode('ascii'))


# --- The receiver


def send_held(lane, entry, blocks, page=127):
    """HELD for a partial file: a list of blocks, None for one that is not there."""
    hashes = [ABSENT if block is None else blake3(block) for block in blocks]
    pages = [hashes[at:at + page] for at in range(0, len(hashes), page)] or [[]]
    for number, part in enumerate(pages):
        lane.send('HELD', entry, 1 if number < len(pages) - 1 else 0, rest=b''.join(part))


class Receiving:
    """What comes for the entries of an accepted offer; `partial` has the blocks that are there already."""

    def __init__(self, lane, entries, skip=(), partial=None, same=None):
        self.lane, self.entries, self.skip = lane, entries, set(skip)
        self.partial, self.same = partial or {}, same or {}
        self.last = -1
        self.moved = 0

    def begin(self, number, held, size):
        entry = self.entries[number]
        assert number > self.last and number not in self.skip, f'BEGIN for {number}'
        assert size == (LARGEST if entry.get('kind') == STREAM else entry['size']), f'BEGIN with size {size}'
        here = sum(len(block) for block in self.partial.get(number, []) if block is not None)
        assert held <= here or (number in self.same and held == size), f'{held} bytes are left out of {number}'
        self.last = number
        return Entry(number, held, size, self.partial.get(number, []), self.same.get(number))

    def read(self, on_data=None):
        """The next entry to its END or ABORT: (number, content, or None after ABORT, its END or ABORT)."""
        name, fields = self.lane.next()
        if name == 'ABORT':
            assert fields['entry'] > self.last
            self.last = fields['entry']
            return fields['entry'], None, fields
        assert name == 'BEGIN', f'{name} where no entry is open'
        entry = self.begin(fields['entry'], fields['held'], fields['size'])
        while True:
            name, fields = self.lane.next()
            if name == 'DATA':
                entry.put(fields['offset'], fields['content'])
                self.moved += len(fields['content'])
                if on_data:
                    on_data(entry)
                continue
            assert name in ('END', 'ABORT') and fields['entry'] == entry.number, f'{name} {fields}'
            return entry.number, None if name == 'ABORT' else entry.whole(), fields

    def save(self, number, content, end, name=None):
        """SAVED where the digest is right, FAILED where it is not."""
        if blake3(content) != end['digest']:
            self.lane.send('FAILED', number, rest=b'differs' if number in self.same else b'digestMismatch')
            return False
        self.lane.send('SAVED', number, rest=(name or '/'.join(self.entries[number]['path'])).encode('utf-8'))
        return True


class Entry:
    """An open entry: what has come of it, and what was there."""

    def __init__(self, number, held, size, partial, same):
        self.number, self.held, self.size = number, held, size
        self.partial, self.same = partial, same
        self.content, self.passed = bytearray(), 0

    def pass_over(self, offset):
        """Up to the offset all must be blocks that are there."""
        assert len(self.content) % BLOCK == 0, 'a gap in the middle of a block'
        while len(self.content) < offset:
            at = len(self.content) // BLOCK
            block = self.partial[at] if at < len(self.partial) else None
            assert block is not None, f'block {at} is left out, and is not here'
            self.content += block
            self.passed += len(block)
        assert len(self.content) == offset, 'a gap that ends in the middle of a block'

    def put(self, offset, content):
        if offset > len(self.content):
            self.pass_over(offset)
        assert offset == len(self.content) and offset + len(content) <= self.size, f'DATA at {offset}'
        self.content += content

    def whole(self):
        if self.same is not None and self.held == self.size and not self.content:
            return self.same
        if self.size != LARGEST and len(self.content) < self.size:
            self.pass_over(self.size)
        assert self.passed == self.held, f'{self.passed} bytes were left out, {self.held} were named'
        return bytes(self.content)


def durable(lane, number, offset):
    lane.send('DURABLE', number, offset)


def fail(lane, number, code):
    lane.send('FAILED', number, rest=code.encode('ascii'))


