"""The frames of docs/protocol.md (3, 4 and 5): their numbers, their layout, and what may be in them.

Every frame that comes is held against the tables of the document; AssertionError says what is not
as it stands there. `TALLY` remembers which names went each way.
"""

import json
import re
import struct

CONTROL_TYPES = {
    0x81: 'HELLO', 0x82: 'MESSAGE', 0x02: 'ACK', 0x07: 'NICK', 0x08: 'REFUSED',
    0x90: 'OFFER', 0x91: 'ACCEPT', 0x92: 'DECLINE', 0x93: 'WITHDRAW',
    0x94: 'LANE', 0x95: 'PAUSE', 0x96: 'GO_ON', 0x97: 'CANCEL',
    0xA0: 'PAIR_SHOW', 0xA1: 'PAIR_SHARE', 0xA2: 'PAIR_REPLY', 0xA3: 'PAIR_CONFIRM', 0xA4: 'PAIR_WRONG',
    0xA5: 'PAIR_END', 0xB0: 'ROOMS', 0xB1: 'ROOM_HAVE', 0xB2: 'ROOM_WANT', 0xB3: 'ROOM_MESSAGE',
    0xB4: 'ROOM_TOPIC', 0x03: 'PING', 0x04: 'PONG', 0x05: 'ERROR', 0x06: 'BYE',
}
LANE_TYPES = {
    0x01: 'TICKET', 0x02: 'BEGIN', 0x03: 'DATA', 0x04: 'END', 0x05: 'ABORT',
    0x11: 'DURABLE', 0x12: 'SAVED', 0x13: 'FAILED', 0x14: 'HELD',
}
NUMBERS = {name: number for table in (CONTROL_TYPES, LANE_TYPES) for number, name in table.items()}
LONGEST_CONTROL, LONGEST_HELLO = 65_536, 8_192
LONGEST_DATA, LONGEST_LANE = 1_048_585, 4_096
LARGEST = 2**53 - 1
TALLY = {'sent': set(), 'received': set()}


def integer(highest, lowest=0):
    return lambda value: type(value) is int and lowest <= value <= highest


def digits(count):
    pattern = re.compile(f'[0-9a-f]{{{2 * count}}}')
    return lambda value: isinstance(value, str) and bool(pattern.fullmatch(value))


def text(longest):
    return lambda value: isinstance(value, str) and len(value.encode('utf-8')) <= longest


def one_of(*values):
    return lambda value: value in values


def many(check, highest, lowest=0):
    return lambda value: isinstance(value, list) and lowest <= len(value) <= highest and all(map(check, value))


def code(value):
    return isinstance(value, str) and bool(re.fullmatch('[A-Za-z]{1,40}', value))


def identifier(value):
    return isinstance(value, str) and 1 <= len(value) <= 40


def boolean(value):
    return isinstance(value, bool)


def number(value):
    return type(value) in (int, float) and abs(value) <= 8.64e15


def record(fields):
    """An object with these fields; those whose names end in `?` may be missing, and others may be there."""
    def check(value):
        if not isinstance(value, dict):
            return False
        return all(check_field(value[name.rstrip('?')]) if name.rstrip('?') in value else name.endswith('?')
                   for name, check_field in fields.items())
    return check


TRANSFER = {'transfer': digits(16)}
ROUND = {'round': integer(10, 1)}
ATTEMPT = ROUND | {'attempt': integer(3, 1)}
NUMBER_LIST = many(integer(4_294_967_295), 20_000)
ENTRY = record({
    'path': many(text(1020), 64, 1), 'size': integer(LARGEST), 'mtimeMs': number,
    'kind?': one_of('folder', 'stream'), 'done?': one_of(True),
})
ROOM = {'room': lambda value: text(128)(value) and value != ''}
PLACE = integer(LARGEST, 1)
STREAM = {'author': digits(32), 'stream': PLACE}
SIGNED = {'at': integer(LARGEST), 'nick': text(128), 'signature': digits(64)}
HELD_STREAM = record(STREAM | {'from': PLACE, 'to': integer(LARGEST)})
FIELDS = {name: record(fields) for name, fields in {
    'HELLO': {'versions': many(integer(65_535), 16, 1), 'features': many(text(64), 64), 'nick': text(128),
              'instance': digits(16), 'role': one_of('console', 'script'), 'intended?': digits(32)},
    'MESSAGE': {'id': identifier, 'text': text(65_536)},
    'REFUSED': {'id': identifier, 'code': code},
    'ACK': {'id': identifier},
    'NICK': {'nick': text(128)},
    'OFFER': TRANSFER | {'entries': many(ENTRY, 20_000, 1), 'more': boolean},
    'ACCEPT': TRANSFER | {'skip': NUMBER_LIST, 'held?': NUMBER_LIST, 'same?': NUMBER_LIST, 'more?': boolean},
    'DECLINE': TRANSFER | {'code?': code},
    'WITHDRAW': TRANSFER,
    'LANE': TRANSFER | {'ticket': digits(32)},
    'PAUSE': TRANSFER | {'code?': code},
    'GO_ON': TRANSFER,
    'CANCEL': TRANSFER,
    'PAIR_SHOW': ROUND,
    'PAIR_SHARE': ATTEMPT | {'share': digits(32)},
    'PAIR_REPLY': ATTEMPT | {'share': digits(32), 'tag': digits(64)},
    'PAIR_CONFIRM': ATTEMPT | {'tag': digits(64)},
    'PAIR_WRONG': ATTEMPT,
    'PAIR_END': ROUND | {'reason': one_of('expired', 'withdrawn', 'burnt')},
    'ROOMS': {'rooms': many(ROOM['room'], 32), 'ask': boolean},
    'ROOM_HAVE': ROOM | {'have': many(lambda held: HELD_STREAM(held) and held['from'] <= held['to'] + 1, 400)},
    'ROOM_WANT': ROOM | STREAM | {'from': PLACE},
    'ROOM_MESSAGE': ROOM | STREAM | SIGNED | {'seq': PLACE, 'text': text(65_536)},
    'ROOM_TOPIC': ROOM | SIGNED | {'author': digits(32), 'topic': text(1_024)},
    'PING': {'nonce': integer(4_294_967_295)},
    'PONG': {'nonce': integer(4_294_967_295)},
    'ERROR': {'code': code},
    'BYE': {},
}.items()}
LANE_FIELDS = {
    'BEGIN': ('>IQQ', ('entry', 'held', 'size'), None),
    'DATA': ('>Q', ('offset',), 'content'),
    'END': ('>I', ('entry',), 'digest'),
    'ABORT': ('>I', ('entry',), 'code'),
    'DURABLE': ('>IQ', ('entry', 'offset'), None),
    'SAVED': ('>I', ('entry',), 'name'),
    'FAILED': ('>I', ('entry',), 'code'),
    'HELD': ('>IB', ('entry', 'flags'), 'hashes'),
    'TICKET': ('>', (), 'ticket'),
}


def send_frame(connection, number, payload):
    connection.send(struct.pack('>IB', len(payload) + 1, number) + payload)


def read_frame(connection, longest):
    length = int.from_bytes(connection.read(4), 'big')
    assert 1 <= length <= longest, f'a frame of length {length}'
    body = connection.read(length)
    return body[0], body[1:]


def send_control(connection, name, body):
    payload = json.dumps(body, ensure_ascii=False, separators=(',', ':')).encode('utf-8')
    assert len(payload) < LONGEST_CONTROL, f'{name} of {len(payload)} bytes'
    TALLY['sent'].add(name)
    send_frame(connection, NUMBERS[name], payload)
    return payload


def read_control(connection, first=False):
    """The next known frame as (name, body, payload)."""
    while True:
        number, payload = read_frame(connection, LONGEST_HELLO if first else LONGEST_CONTROL)
        name = CONTROL_TYPES.get(number)
        if name is None:
            assert not number & 0x80, f'an unknown critical type 0x{number:02x}'
            continue
        body = json.loads(payload.decode('utf-8'))
        assert FIELDS[name](body), f'{name} is not as documented: {body}'
        TALLY['received'].add(name)
        return name, body, payload


def send_lane(connection, name, *numbers, rest=b''):
    layout, _, _ = LANE_FIELDS[name]
    TALLY['sent'].add(name)
    send_frame(connection, NUMBERS[name], struct.pack(layout, *numbers) + rest)


def read_lane(connection):
    """The next frame as (name, its fields)."""
    number, payload = read_frame(connection, LONGEST_DATA)
    name = LANE_TYPES.get(number)
    assert name, f'an unknown lane frame 0x{number:02x}'
    assert name == 'DATA' or len(payload) < LONGEST_LANE, f'{name} of {len(payload)} bytes'
    layout, names, rest_name = LANE_FIELDS[name]
    size = struct.calcsize(layout)
    fields = dict(zip(names, struct.unpack(layout, payload[:size])))
    rest = payload[size:]
    check_rest(name, rest_name, rest)
    assert all(value <= LARGEST for value in fields.values()), f'{name} with a number beyond 2^53 - 1'
    if rest_name:
        fields[rest_name] = rest.decode('utf-8') if rest_name in ('code', 'name') else rest
    TALLY['received'].add(name)
    return name, fields


def check_rest(name, rest_name, rest):
    good = {
        None: lambda: rest == b'',
        'content': lambda: 1 <= len(rest) <= 1_048_576,
        'digest': lambda: len(rest) == 32,
        'ticket': lambda: len(rest) == 32,
        'code': lambda: code(rest.decode('ascii')),
        'name': lambda: 1 <= len(rest) <= 1_020,
        'hashes': lambda: len(rest) % 32 == 0 and len(rest) <= 127 * 32,
    }[rest_name]
    assert good(), f'{name} is not as documented'
