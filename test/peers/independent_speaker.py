"""Runs one flow of the protocol against sockterm, as docs/protocol.md has it.

    independent_speaker.py FLOW [PORT]

Dials the port on loopback; without one it listens, and says where. Prints JSON lines, the last of
them {"finished": true, "sent": [names of frames], "received": [...]}; whatever the other side does
against the document ends it with a traceback. Flows take orders as lines on stdin.
"""

import sys

from speaker import flows_chat, flows_pairing, flows_receiving, flows_rooms, flows_sending  # noqa: F401
from speaker.stage import FLOWS, Stage

sys.stdout.reconfigure(encoding='utf-8')
stage = Stage(int(sys.argv[2]) if len(sys.argv) > 2 else 0)
FLOWS[sys.argv[1]](stage)
stage.finish()
