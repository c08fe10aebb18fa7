"""A peer that dials again and again, and how long each takes from the connect to the other side's HELLO.

The same identity each time, --count times spread over --seconds. Prints one JSON
object: {"dialMs": [each], "failed": N}. A dial that fails is not tried again.
"""

import argparse
import time

from sockterm_speaker import Identity, Speaker, say_line

parser = argparse.ArgumentParser()
parser.add_argument('host')
parser.add_argument('port', type=int)
parser.add_argument('--count', type=int, default=20)
parser.add_argument('--seconds', type=float, default=5)
options = parser.parse_args()

identity = Identity()
times = []
failed = 0
for number in range(options.count):
    started = time.perf_counter()
    try:
        speaker = Speaker(options.host, options.port, identity=identity, timeout=5)
        speaker.hello('in a hurry')
        while speaker.receive()[0] != 'hello':
            pass
        times.append(round((time.perf_counter() - started) * 1000, 1))
        speaker.send('bye')
        speaker.close()
    except (OSError, EOFError):
        failed += 1
    time.sleep(max(0, options.seconds / options.count - (time.perf_counter() - started)))
say_line(dialMs=times, failed=failed)
