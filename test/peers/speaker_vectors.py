"""Hashes and multiplies what it is asked to, so that published vectors can judge. Lines of JSON in, one of JSON out each.

    ["blake3", COUNT]                  of the bytes 0, 1 … 250, 0, 1 …
    ["multiples", COUNT]               of the base of ristretto255, from 0
    ["decodes", HEX]                   whether it is an element
    ["element", HEX]                   that 64 bytes stand for
    ["cpace", {prs, ci, sid, ya, yb, ada, adb}]   scalars and inputs as hex
"""

import json
import sys

from speaker.blake3 import blake3
from speaker.cpace import generator, multiply_share, session_key, share_of
from speaker.ristretto255 import BASE, decode, element_of, encode, multiply


def cpace(**inputs):
    prs, ci, sid, ada, adb = (bytes.fromhex(inputs[name]) for name in ('prs', 'ci', 'sid', 'ada', 'adb'))
    a, b = (int.from_bytes(bytes.fromhex(inputs[name]), 'little') for name in ('ya', 'yb'))
    point = generator(prs, ci, sid)
    share_a, share_b = share_of(point, a), share_of(point, b)
    product = multiply_share(a, share_b)
    assert product == multiply_share(b, share_a)
    return {
        'generator': encode(point).hex(), 'initiatorShare': share_a.hex(), 'responderShare': share_b.hex(),
        'shared': product.hex(), 'key': session_key(sid, product, share_a, ada, share_b, adb).hex(),
    }


ORDERS = {
    'blake3': lambda count: blake3(bytes(number % 251 for number in range(count))).hex(),
    'multiples': lambda count: [encode(multiply(number, BASE)).hex() for number in range(count)],
    'decodes': lambda data: decode(bytes.fromhex(data)) is not None,
    'element': lambda data: encode(element_of(bytes.fromhex(data))).hex(),
    'cpace': lambda inputs: cpace(**inputs),
}

for line in sys.stdin:
    order, argument = json.loads(line)
    print(json.dumps(ORDERS[order](argument)), flush=True)
