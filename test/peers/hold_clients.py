"""Many raw clients in one process that hold their connections and do nothing else.

Opens COUNT connections, --at-once of them under way at a time. They come from
--sources loopback addresses (127.1.0.1, 127.1.0.2, ...), in turns; 0: from the
system's choice. With --say each sends that line once. Prints one JSON object a
line: {"connected": N, "seconds": T} when all are open or lost, {"lost": N, "medianMs": T,
"slowestMs": T} whenever the other side has closed some (how many so far, and the times
from a connect to such an end), {"settled": true} when that was all of them, and
{"left": N} after it has closed its own, which it does when stdin ends.
"""

import argparse
import json
import resource
import select
import socket
import statistics
import sys
import time

parser = argparse.ArgumentParser()
parser.add_argument('host')
parser.add_argument('port', type=int)
parser.add_argument('count', type=int)
parser.add_argument('--sources', type=int, default=0)
parser.add_argument('--at-once', type=int, default=100)
parser.add_argument('--say', default='')
options = parser.parse_args()

soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def say_line(**facts):
    print(json.dumps(facts), flush=True)


def source_of(number):
    index = number % options.sources + 1
    return f'127.1.{index // 256}.{index % 256}'


poll = select.epoll()
clients = {}
started = time.monotonic()
opened = connected = lost = lost_before = told = 0
ends = []
began = {}
under_way = set()


def open_one(number):
    client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    client.setblocking(False)
    if options.sources:
        # The port is chosen with the whole pair of addresses: a source has all of them for this target.
        client.setsockopt(socket.IPPROTO_IP, 24, 1)  # IP_BIND_ADDRESS_NO_PORT
        client.bind((source_of(number), 0))
    client.connect_ex((options.host, options.port))
    clients[client.fileno()] = client
    under_way.add(client.fileno())
    began[client.fileno()] = time.monotonic()
    poll.register(client.fileno(), select.EPOLLOUT | select.EPOLLRDHUP)


def drop(number):
    poll.unregister(number)
    clients.pop(number).close()


def settle(number, event):
    """What became of a connection under way: True where it is open."""
    under_way.discard(number)
    failed = clients[number].getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
    if failed or event & (select.EPOLLERR | select.EPOLLHUP):
        return False
    poll.modify(number, select.EPOLLRDHUP)
    if options.say:
        try:
            clients[number].send(options.say.encode() + b'\n')
        except OSError:
            # Closed at once: over the limit.
            return False
    return True


poll.register(sys.stdin.fileno(), select.EPOLLIN | select.EPOLLHUP)
while True:
    while opened < options.count and len(under_way) < options.at_once:
        open_one(opened)
        opened += 1
    is_over = False
    for number, event in poll.poll():
        if number == sys.stdin.fileno():
            is_over = not sys.stdin.readline()
        elif number in under_way and settle(number, event):
            connected += 1
        else:
            lost += 1
            ends.append(time.monotonic() - began[number])
            drop(number)
    if opened == options.count and not under_way and told == 0:
        told = 1
        say_line(connected=connected, seconds=round(time.monotonic() - started, 3))
    if lost > lost_before and not under_way:
        lost_before = lost
        say_line(lost=lost, medianMs=round(statistics.median(ends) * 1000),
                 slowestMs=round(max(ends) * 1000))
        if lost == options.count:
            say_line(settled=True)
    if is_over:
        break
left = len(clients)
for number in list(clients):
    drop(number)
say_line(left=left)
