"""For bad peers that wait to be dialled: a listener, and what the common parts of a session look like from its side."""

import os
import socket
import ssl
import tempfile

from common import Identity, kinds, misbehave, say_line
from lane_speaker import LaneSpeaker
from sockterm_speaker import Speaker

import sys
import threading


class Answerer(LaneSpeaker):
    """A speaker that was dialled; a lane too, with `ticket` as its first frame."""

    def __init__(self, secure, identity):
        self.socket, self.identity = secure, identity
        self.lock = threading.Lock()


class Listener:
    """One port, one identity; what is opened is closed with the kind."""

    def __init__(self):
        self.identity = Identity()
        self.opened = []
        self.plain = socket.create_server(('127.0.0.1', 0))
        self.plain.settimeout(15)
        say_line(port=self.plain.getsockname()[1])

    def accept(self):
        plain, _ = self.plain.accept()
        plain.settimeout(15)
        self.opened.append(plain)
        return plain

    def context(self, alpn, pems=None):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        if alpn:
            context.set_alpn_protocols([alpn])
        if pems:
            with tempfile.NamedTemporaryFile('w', suffix='.pem') as file:
                file.write(pems)
                file.flush()
                context.load_cert_chain(file.name)
        else:
            context.load_cert_chain(self.identity.certificate, self.identity.key)
        return context

    def secure(self, alpn, identity=None, context=None):
        context = context or self.context(alpn)
        if identity:
            context.load_cert_chain(identity.certificate, identity.key)
        secure = context.wrap_socket(self.accept(), server_side=True)
        self.opened.append(secure)
        return Answerer(secure, self.identity)

    def session(self, nick='hostile', **hello):
        session = self.secure('sockterm/1')
        session.hello(nick, **hello)
        return session

    def lane(self, session, transfer, identity=None):
        """Gives a ticket and takes the lane for it; the ticket's frame is read."""
        session.send('lane', transfer=transfer, ticket=os.urandom(32).hex())
        lane = self.secure('sockterm-lane/1', identity)
        lane.read_frame()
        return lane

    def leave(self):
        for each in [*self.opened, self.plain]:
            try:
                each.close()
            except OSError:
                pass


def main():
    """One kind, as the command line names it, for one program that dials."""
    sys.stdout.reconfigure(encoding='utf-8', errors='backslashreplace', line_buffering=True)
    misbehave(sys.argv[1], Listener())
    os._exit(0)
