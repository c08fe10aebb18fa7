"""The lane of a transfer (docs/protocol.md, 5): who opens it, and tickets."""

import os

from . import tls
from .frames import read_lane, send_lane

BLOCK = 1024 * 1024


def open_lane(session, transfer):
    """The side that was dialled makes the ticket, the side that dialled shows it on a connection of its own."""
    if session.dialled:
        _, body = session.expect('LANE', transfer=transfer)
        connection = tls.dial(*session.dialled, tls.LANE, session.peer.identity)
        assert connection.peer_id == session.peer_id, 'somebody else is there'
        send_lane(connection, 'TICKET', rest=bytes.fromhex(body['ticket']))
        return Lane(connection)
    ticket = os.urandom(32)
    session.send('LANE', transfer=transfer, ticket=ticket.hex())
    connection = session.peer.listener.accept(tls.LANE)
    assert connection.peer_id == session.peer_id, 'somebody else dialled the lane'
    name, fields = read_lane(connection)
    assert name == 'TICKET' and fields['ticket'] == ticket, 'the ticket is another one'
    return Lane(connection)


class Lane:
    def __init__(self, connection):
        self.connection = connection
        self.waiting = []

    def send(self, name, *numbers, rest=b''):
        send_lane(self.connection, name, *numbers, rest=rest)

    def next(self):
        return self.waiting.pop(0) if self.waiting else read_lane(self.connection)

    def expect(self, *names, entry=None):
        """The first frame of one of these names; DURABLE is a hint, and passed over where it is not asked for."""
        for at, (name, fields) in enumerate(self.waiting):
            if name in names and entry in (None, fields['entry']):
                del self.waiting[at]
                return name, fields
        while True:
            name, fields = read_lane(self.connection)
            if name in names and entry in (None, fields.get('entry')):
                return name, fields
            if name != 'DURABLE':
                self.waiting.append((name, fields))

    def close(self):
        self.connection.close()

    def cut(self):
        self.connection.cut()

    def expect_end(self):
        try:
            while True:
                read_lane(self.connection)
        except (EOFError, ConnectionError):
            self.connection.close()
