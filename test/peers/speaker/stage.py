"""What a flow has at hand: where the program is, lines out for the test, and orders that come in."""

import json
import sys

from .frames import TALLY
from .session import Peer

FLOWS = {}


def flow(function):
    """Makes it a flow, by its name with dashes."""
    FLOWS[function.__name__.replace('_', '-')] = function
    return function


class Stage:
    def __init__(self, port):
        self.port = port

    def tell(self, **facts):
        print(json.dumps(facts, ensure_ascii=False), flush=True)

    def order(self):
        """The next line of stdin: the test says that something has happened over there, or tells a code."""
        line = sys.stdin.readline()
        assert line, 'no order came'
        return line.strip()

    def meet(self, peer=None, **hello):
        """A session with the program: dialled where its port is known, otherwise it dials."""
        peer = peer or Peer()
        if self.port:
            return peer.dial('127.0.0.1', self.port, **hello)
        if not peer.listener:
            self.tell(listening=peer.listen())
        return peer.accept(**hello)

    def finish(self):
        self.tell(finished=True, sent=sorted(TALLY['sent']), received=sorted(TALLY['received']))
