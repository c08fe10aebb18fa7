"""An independent speaker of the lane of sockterm/1: dials, shows the ticket, moves frames. It checks nothing."""

import struct

from sockterm_speaker import Speaker

BLOCK = 1024 * 1024
BEGIN, DATA, END, ABORT = 0x02, 0x03, 0x04, 0x05
DURABLE, SAVED, FAILED, HELD = 0x11, 0x12, 0x13, 0x14


class LaneSpeaker(Speaker):
    def __init__(self, session, host, port, ticket):
        super().__init__(host, port, alpn='sockterm-lane/1', identity=session.identity)
        self.send_frame(0x01, bytes.fromhex(ticket))

    def begin(self, entry, held, size):
        self.send_frame(BEGIN, struct.pack('>IQQ', entry, held, size))

    def data(self, offset, content):
        self.send_frame(DATA, struct.pack('>Q', offset) + content)

    def end(self, entry, digest):
        self.send_frame(END, struct.pack('>I', entry) + digest)

    def held(self, entry, hashes, more=False):
        self.send_frame(HELD, struct.pack('>IB', entry, 1 if more else 0) + hashes)

    def read_held(self, entry):
        """How many blocks the other side says it has of an entry: those whose hash is not zero."""
        blocks = 0
        while True:
            kind, payload = self.read_frame()
            if kind != HELD:
                continue
            number, flags = struct.unpack('>IB', payload[:5])
            hashes = payload[5:]
            if number == entry:
                blocks += sum(hashes[at:at + 32] != bytes(32) for at in range(0, len(hashes), 32))
                if not flags & 1:
                    return blocks

    def read_to_end(self):
        """Everything until the other side closes; gives the types of the frames that came."""
        kinds = []
        try:
            while True:
                kinds.append(self.read_frame()[0])
        except TimeoutError:
            raise
        except (EOFError, OSError):
            return kinds
