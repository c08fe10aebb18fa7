"""The good peer beside the bad ones: a session that must live through everything, and a new one for every check.

`check NAME` on stdin: says NAME on the session that lives, waits for its ACK, then
connects anew and sends a file of that name. Prints `served` with what SAVED says, or
`broken` with what went wrong.
"""

import sys

from common import Identity, Speaker, entry, offer, say_line, send_good
from lane_speaker import SAVED, LaneSpeaker


def await_message(speaker, wanted, holds=lambda body: True):
    for name, body in speaker.messages():
        if name == wanted and holds(body):
            return body
    raise EOFError(f'no {wanted}')


def check(host, port, identity, name):
    visitor = Speaker(host, port, identity=identity)
    visitor.hello('visitor')
    offer(visitor, entry(name))
    ticket = await_message(visitor, 'lane')['ticket']
    lane = LaneSpeaker(visitor, host, port, ticket)
    send_good(lane)
    while True:
        kind, payload = lane.read_frame()
        if kind == SAVED:
            break
    lane.close()
    visitor.send('bye')
    visitor.close()
    return payload[4:].decode()


host, port = sys.argv[1], int(sys.argv[2])
sys.stdout.reconfigure(encoding='utf-8', line_buffering=True)
resident = Speaker(host, port)
resident.hello('resident')
identity = Identity()
say_line(connected=resident.local_port)
for line in sys.stdin:
    order, _, name = line.strip().partition(' ')
    try:
        resident.send('message', id=name, text=name)
        await_message(resident, 'ack', lambda body: body['id'] == name)
        say_line(served=name, savedAs=check(host, port, identity, name))
    except (EOFError, OSError) as error:
        say_line(broken=name, why=f'{type(error).__name__}: {error}')
