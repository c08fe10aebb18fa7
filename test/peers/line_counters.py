"""Raw clients that read everything and check it: lines that begin with a number, each one more than the last.

Opens COUNT connections, says a line on each, and prints one JSON object a line:
{"connected": N}, and, when stdin ends or all are closed, {"lines": [how many each
got], "inOrder": N of them whose lines were numbered from 1 without a gap, "bytes":
in all, "lost": N that the other side closed}. A line that is not numbered is not counted.
"""

import argparse
import json
import resource
import select
import socket
import sys

parser = argparse.ArgumentParser()
parser.add_argument('host')
parser.add_argument('port', type=int)
parser.add_argument('count', type=int)
options = parser.parse_args()

soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
piece = bytearray(1 << 18)


def say_line(**facts):
    print(json.dumps(facts), flush=True)


class Counter:
    def __init__(self, number):
        self.lines = 0
        self.bytes = 0
        self.in_order = True
        self.rest = b''
        self.socket = socket.create_connection((options.host, options.port))
        self.socket.sendall(f'counter {number}\n'.encode())

    def read(self):
        """False when the connection is over."""
        try:
            size = self.socket.recv_into(piece)
        except OSError:
            return False
        self.bytes += size
        data = self.rest + piece[:size]
        start = 0
        while (end := data.find(b'\n', start)) >= 0:
            number = data[start:start + 20].split(b' ')[0]
            if number.isdigit():
                self.lines += 1
                self.in_order &= int(number) == self.lines
            start = end + 1
        self.rest = bytes(data[start:])
        return size > 0


poll = select.epoll()
counters = {}
everybody = [Counter(number) for number in range(options.count)]
for counter in everybody:
    counters[counter.socket.fileno()] = counter
    poll.register(counter.socket.fileno(), select.EPOLLIN)
say_line(connected=len(counters))
poll.register(sys.stdin.fileno(), select.EPOLLIN | select.EPOLLHUP)
lost = 0
is_over = False
while counters and not is_over:
    for number, event in poll.poll():
        if number == sys.stdin.fileno():
            is_over = not sys.stdin.readline()
            continue
        if not counters[number].read():
            lost += 1
            poll.unregister(number)
            counters.pop(number).socket.close()
say_line(lines=[each.lines for each in everybody],
         inOrder=sum(each.in_order for each in everybody),
         bytes=sum(each.bytes for each in everybody), lost=lost)
