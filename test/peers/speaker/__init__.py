"""An independent speaker of sockterm/1, written from docs/protocol.md with Python's standard library alone.

tls.py        connections, both sides: TLS 1.3, certificates, ALPN, the exporter
frames.py     the numbers and layouts of control and lane frames; who sent what is counted
session.py    a control connection: HELLO, messages, pings, the end
lanes.py      a lane: tickets, and its frames
offers.py     offers and answers, in pages
transfer.py   files out and in, from offer to SAVED
pairing.py    six digits, both sides
rooms.py      rooms: signatures, streams, who has what
cpace.py, ristretto255.py, blake3.py    from their published specifications
"""
