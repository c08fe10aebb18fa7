"""A peer that says numbered messages and measures how long each acknowledgement takes.

Prints `connected PORT` as JSON, then one JSON object at the end:
{"count": N, "roundTripMs": [each, in order]}. Messages leave every --interval
seconds, or later when the one before is not acknowledged yet. Stops after
--count, or when stdin ends.
"""

import argparse
import os
import sys
import threading
import time

from sockterm_speaker import Speaker, say_line

parser = argparse.ArgumentParser()
parser.add_argument('host')
parser.add_argument('port', type=int)
parser.add_argument('--count', type=int, default=200)
parser.add_argument('--interval', type=float, default=0.01)
options = parser.parse_args()

speaker = Speaker(options.host, options.port)
speaker.hello('stopwatch', role='script')
say_line(connected=speaker.local_port)
stop = threading.Event()


def watch():
    sys.stdin.read()
    stop.set()


threading.Thread(target=watch, daemon=True).start()
round_trips = []
while len(round_trips) < options.count and not stop.is_set():
    started = time.perf_counter()
    number = f'stopwatch-{len(round_trips)}'
    speaker.send('message', id=number, text=f'round trip {len(round_trips)}')
    while True:
        name, body = speaker.receive()
        if name == 'ping':
            speaker.send('pong', nonce=body['nonce'])
        elif name == 'ack' and body['id'] == number:
            break
    elapsed = time.perf_counter() - started
    round_trips.append(round(elapsed * 1000, 3))
    stop.wait(max(0, options.interval - elapsed))
say_line(count=len(round_trips), roundTripMs=round_trips)
os._exit(0)
