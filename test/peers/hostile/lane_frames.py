"""Rule 3: what was approved is what is written: sizes, offsets, order, digests (CVE-2019-6111 scp, CVE-2024-12087 rsync).

The peer is taken at its word for `one.txt` (six bytes) and `two.txt`, and then sends
something else over the lane.
"""

import os
import struct

from common import GOOD, GOOD_DIGEST, TROUBLE, entry, kind, main, offer, open_lane, say_line, send_good, wait_for, watch_lane
from lane_speaker import BEGIN, DATA, END

SIZE = len(GOOD)


def over_lane(function):
    """A kind that gets the lane of an accepted offer and misbehaves on it; the session lives on."""
    def misbehave(target):
        session = target.connect('lanes')
        lane = open_lane(target, session, entry('one.txt'), entry('two.txt'))
        try:
            function(lane)
        except OSError:
            pass
        watch_lane(lane)
        wait_for(session, 'cancel')

    misbehave.__name__ = function.__name__
    kind(misbehave)
    return function


@over_lane
def beyond_size(lane):
    lane.begin(0, 0, SIZE)
    lane.data(0, GOOD + b'more')


@over_lane
def beyond_size_later(lane):
    lane.begin(0, 0, SIZE)
    lane.data(0, GOOD)
    lane.data(SIZE, b'more')


@over_lane
def larger_begin(lane):
    lane.begin(0, 0, SIZE + 1)


@over_lane
def endless_begin(lane):
    """As if it were a stream."""
    lane.begin(0, 0, 2**53 - 1)


@over_lane
def other_entry(lane):
    lane.begin(7, 0, SIZE)


@over_lane
def last_entry(lane):
    lane.begin(2**32 - 1, 0, SIZE)


@over_lane
def entry_again(lane):
    send_good(lane, 1)
    say_line(first=lane.read_frame()[0])
    send_good(lane, 1)


@over_lane
def entry_backwards(lane):
    lane.begin(1, 0, SIZE)
    lane.send_frame(0x05, struct.pack('>I', 1) + b'sourceChanged')
    lane.begin(0, 0, SIZE)


@over_lane
def two_open(lane):
    lane.begin(0, 0, SIZE)
    lane.begin(1, 0, SIZE)


@over_lane
def gap(lane):
    lane.begin(0, 0, SIZE)
    lane.data(3, GOOD[3:])


@over_lane
def overlap(lane):
    lane.begin(0, 0, SIZE)
    lane.data(0, GOOD[:4])
    lane.data(2, GOOD[2:])


@over_lane
def backwards(lane):
    lane.begin(0, 0, SIZE)
    lane.data(0, GOOD[:3])
    lane.data(0, GOOD[:3])


@over_lane
def offset_beyond_2_53(lane):
    lane.begin(0, 0, SIZE)
    lane.send_frame(DATA, struct.pack('>Q', 2**63 + 1) + GOOD)


@over_lane
def size_beyond_2_53(lane):
    lane.send_frame(BEGIN, struct.pack('>IQQ', 0, 0, 2**64 - 1))


@over_lane
def offset_wraps(lane):
    """The sum of offset and length is what a sloppy check would find small."""
    lane.begin(0, 0, SIZE)
    lane.send_frame(DATA, struct.pack('>Q', 2**64 - 2) + GOOD)


@over_lane
def held_unclaimed(lane):
    lane.begin(0, SIZE, SIZE)


@over_lane
def early_end(lane):
    lane.begin(0, 0, SIZE)
    lane.data(0, GOOD[:3])
    lane.end(0, GOOD_DIGEST)


@over_lane
def end_first(lane):
    lane.end(0, GOOD_DIGEST)


@over_lane
def end_of_other(lane):
    lane.begin(0, 0, SIZE)
    lane.data(0, GOOD)
    lane.end(1, GOOD_DIGEST)


@over_lane
def data_first(lane):
    lane.data(0, GOOD)


@over_lane
def empty_data(lane):
    lane.begin(0, 0, SIZE)
    lane.send_frame(DATA, struct.pack('>Q', 0))


@over_lane
def short_data(lane):
    lane.begin(0, 0, SIZE)
    lane.send_frame(DATA, b'\0\0\0')


@over_lane
def long_frame(lane):
    lane.begin(0, 0, SIZE)
    lane.send_bytes(struct.pack('>IB', 2**32 - 1, DATA) + bytes(8))


@over_lane
def long_begin(lane):
    lane.send_bytes(struct.pack('>IB', 2**20, BEGIN) + bytes(100))


@over_lane
def zero_length(lane):
    lane.send_bytes(bytes(5))


@over_lane
def unknown_type(lane):
    lane.send_frame(0x7f, b'')


@over_lane
def second_ticket(lane):
    lane.send_frame(0x01, os.urandom(32))


@over_lane
def receivers_frames(lane):
    lane.send_frame(0x12, struct.pack('>I', 0) + b'/etc/passwd')


@over_lane
def long_end(lane):
    lane.begin(0, 0, SIZE)
    lane.data(0, GOOD)
    lane.send_frame(END, struct.pack('>I', 0) + GOOD_DIGEST + b'\0')


@over_lane
def abort_with_escapes(lane):
    lane.begin(0, 0, SIZE)
    lane.send_frame(0x05, struct.pack('>I', 0) + TROUBLE.encode())


@over_lane
def abort_of_other(lane):
    lane.begin(0, 0, SIZE)
    lane.send_frame(0x05, struct.pack('>I', 9) + b'sourceChanged')


def settled(name, function):
    """A kind whose entries fail one by one while the lane is in order."""
    def misbehave(target):
        session = target.connect('lanes')
        lane = open_lane(target, session, entry('one.txt'))
        function(lane)
        watch_lane(lane)

    misbehave.__name__ = name
    kind(misbehave)


def wrong_digest(lane):
    lane.begin(0, 0, SIZE)
    lane.data(0, GOOD)
    lane.end(0, bytes(32))


def other_bytes(lane):
    """The right digest of something else."""
    lane.begin(0, 0, SIZE)
    lane.data(0, b'other\n')
    lane.end(0, GOOD_DIGEST)


def aborted(lane):
    lane.begin(0, 0, SIZE)
    lane.data(0, GOOD[:3])
    lane.send_frame(0x05, struct.pack('>I', 0) + b'noCodeThatWeKnow')


settled('wrong_digest', wrong_digest)
settled('other_bytes', other_bytes)
settled('aborted', aborted)


@kind
def tiny_data(target):
    """A byte a frame: slow, and legal."""
    session = target.connect('lanes')
    lane = open_lane(target, session, entry('tiny.txt'))
    lane.begin(0, 0, SIZE)
    for offset in range(SIZE):
        lane.data(offset, GOOD[offset:offset + 1])
    lane.end(0, GOOD_DIGEST)
    watch_lane(lane)


@kind
def skipped_entry(target):
    """Sends the one that was refused, too."""
    session = target.connect('lanes')
    lane = open_lane(target, session, entry('../climbed'), entry('two.txt'))
    try:
        lane.begin(0, 0, SIZE)
    except OSError:
        pass
    watch_lane(lane)
    wait_for(session, 'cancel')


@kind
def folder_with_bytes(target):
    """An empty folder that brings something."""
    session = target.connect('lanes')
    lane = open_lane(target, session, {'path': ['folder'], 'size': 0, 'mtimeMs': 0, 'kind': 'folder'})
    try:
        lane.begin(0, 0, 0)
        lane.data(0, GOOD)
    except OSError:
        pass
    watch_lane(lane)
    wait_for(session, 'cancel')


main()
