"""Rule 1, links: what stands in the receive folder is not followed (the race of rsync, CVE-2024-12747; unpacking through links).

Somebody else on this machine helps: the peer itself turns folders into links while it sends.
"""

import os
import shutil
import time

from common import GOOD, entry, kind, main, offer, open_lane, say_line, send_good, wait_for, watch_lane
from lane_speaker import SAVED


def read_until(lane, wanted):
    while True:
        frame_type, payload = lane.read_frame()
        if frame_type == wanted:
            return payload


def places(target):
    outside = target.home / 'outside'
    return target.home / 'received', outside


def remove(path):
    if path.is_symlink():
        path.unlink()
    else:
        shutil.rmtree(path, ignore_errors=True)


@kind
def dangling(target):
    """A link to nowhere stands where the file would be: creating through it would be outside."""
    received, outside = places(target)
    os.symlink(outside / 'created.txt', received / 'dangling.txt')
    session = target.connect('links')
    lane = open_lane(target, session, entry('dangling.txt'))
    send_good(lane)
    say_line(savedAs=read_until(lane, SAVED)[4:].decode())
    (received / 'dangling.txt').unlink()


@kind
def folder_link(target):
    """A link to a folder outside stands where a folder would be made."""
    received, outside = places(target)
    os.symlink(outside, received / 'linked')
    session = target.connect('links')
    lane = open_lane(target, session, entry('linked', 'file.txt'))
    send_good(lane)
    say_line(savedAs=read_until(lane, SAVED)[4:].decode())
    remove(received / 'linked')
    shutil.rmtree(received / 'linked (1)')


@kind
def race(target):
    """The folder becomes a link between two files of it."""
    received, outside = places(target)
    session = target.connect('links')
    lane = open_lane(target, session, entry('race', 'one.txt'), entry('race', 'two.txt'))
    send_good(lane, 0)
    read_until(lane, SAVED)
    folder = received / 'race'
    os.rename(folder, received / 'moved')
    os.symlink(outside, folder)
    send_good(lane, 1)
    kinds = lane.read_to_end()
    say_line(lane=kinds)
    remove(folder)
    remove(received / 'moved')


@kind
def fast_race(target):
    """Back and forth, as fast as it goes, while fifty files come."""
    received, outside = places(target)
    session = target.connect('links')
    count = 50
    lane = open_lane(target, session, *[entry('fast', f'{number}.txt') for number in range(count)])
    folder, aside = received / 'fast', received / 'aside'
    for number in range(count):
        send_good(lane, number)
        try:
            os.rename(folder, aside)
            os.symlink(outside, folder)
            os.unlink(folder)
            os.rename(aside, folder)
        except OSError:
            pass
    lane.socket.settimeout(2)
    try:
        say_line(lane=len(lane.read_to_end()))
    except TimeoutError:
        say_line(lane=0)
    session.send('bye')
    lane.close()
    time.sleep(0.2)
    for path in received.iterdir():
        if path.name.startswith(('fast', 'aside')):
            remove(path)


main()
