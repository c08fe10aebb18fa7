"""A control connection (docs/protocol.md, 4): HELLO, messages and their ids, pings, and the end."""

from . import tls
from .frames import read_control, send_control, send_frame
from .tls import CONTROL, random_hex

MANY_IDS = 4_096
LONG_MESSAGES, SHORT_TEXT = 'longMessages', 16_384


class Peer:
    """One program: its key, its instance, and what it remembers from session to session."""

    def __init__(self, nick='speaker', role='console', identity=None):
        self.identity = identity or tls.Identity()
        self.instance = random_hex(16)
        self.nick, self.role = nick, role
        self.listener = None
        self.seen = {}
        self.unacknowledged = {}
        self.verified = set()
        self.said = 0

    @property
    def peer_id(self):
        return self.identity.peer_id

    def listen(self, port=0):
        self.listener = tls.Listener(self.identity, port)
        return self.listener.port

    def dial(self, host, port, **hello):
        session = Session(self, tls.dial(host, port, CONTROL, self.identity), (host, port))
        return session.greet(**hello)

    def accept(self, **hello):
        return Session(self, self.listener.accept(CONTROL), None).greet(**hello)


class Session:
    """`dialled` is the address where this side dialled, and None where it was dialled."""

    def __init__(self, peer, connection, dialled):
        self.peer, self.connection, self.dialled = peer, connection, dialled
        self.peer_id = connection.peer_id
        self.waiting = []
        self.version = None
        self.own_hello = self.their_hello = self.hello = None

    def greet(self, expect_hello=True, **changes):
        hello = {'versions': [1], 'features': [], 'nick': self.peer.nick, 'instance': self.peer.instance,
                 'role': self.peer.role} | changes
        self.features = hello['features']
        self.own_hello = send_control(self.connection, 'HELLO', hello)
        name, body, payload = read_control(self.connection, first=True)
        assert name == 'HELLO', f'{name} came first'
        self.hello, self.their_hello = body, payload
        common = set(hello['versions']) & set(body['versions'])
        self.version = max(common, default=None)
        return self

    def send(self, name, **body):
        send_control(self.connection, name, body)

    def send_unknown(self, number, payload):
        send_frame(self.connection, number, payload)

    def say(self, text, id=None):
        """Keeps it until its ACK has come."""
        self.peer.said += 1
        id = id or f'{self.peer.instance[:8]}-{self.peer.said}'
        self.peer.unacknowledged[id] = text
        self.send('MESSAGE', id=id, text=text)
        return id

    def say_again(self):
        """What was not acknowledged, oldest first and with the old ids."""
        for id, text in self.peer.unacknowledged.items():
            self.send('MESSAGE', id=id, text=text)

    def next(self):
        """The next frame, after what has to be answered by itself was answered."""
        name, body, _ = read_control(self.connection)
        assert name != 'HELLO', 'a second HELLO'
        if name == 'PING':
            self.send('PONG', nonce=body['nonce'])
        elif name == 'MESSAGE':
            self.answer(body)
        elif name in ('ACK', 'REFUSED'):
            self.peer.unacknowledged.pop(body['id'], None)
        return name, body

    def answer(self, body):
        """ACK, or REFUSED for a long text from who is not verified."""
        if len(body['text'].encode('utf-8')) > SHORT_TEXT:
            assert self.both_name(LONG_MESSAGES), 'a long text without the feature'
            if self.peer_id not in self.peer.verified:
                body['refused'] = True
                self.send('REFUSED', id=body['id'], code='messageTooLong')
                return
        body['again'] = self.remember(body['id'])
        self.send('ACK', id=body['id'])

    def both_name(self, feature):
        return feature in self.features and feature in self.hello['features']

    def remember(self, id):
        """Whether the peer's message was here before."""
        seen = self.peer.seen.setdefault(self.peer_id, {})
        again = id in seen
        seen[id] = True
        while len(seen) > MANY_IDS:
            del seen[next(iter(seen))]
        return again

    def take(self, name, body, names, wanted):
        return name in names and all(body.get(field) == value for field, value in wanted.items())

    def expect(self, *names, **wanted):
        """The first frame of one of the names and with these fields, as (name, body); others wait for their turn."""
        for at, (name, body) in enumerate(self.waiting):
            if self.take(name, body, names, wanted):
                del self.waiting[at]
                return name, body
        while True:
            name, body = self.next()
            if self.take(name, body, names, wanted):
                return name, body
            assert name not in ('ERROR', 'BYE'), f'{name} {body} instead of {names}'
            self.waiting.append((name, body))

    def expect_end(self):
        """Reads to the end of the connection; gives the names of what came."""
        names = [name for name, _ in self.waiting]
        try:
            while True:
                names.append(self.next()[0])
        except (EOFError, ConnectionError):
            return names
        finally:
            self.connection.close()

    def end(self, name='BYE', **body):
        """BYE or ERROR, and the end of this half; the other side ends its own."""
        self.send(name, **body)
        self.connection.end_half()
        self.expect_end()

    def cut(self):
        self.connection.cut()
