"""Parsers: JSON that is nested, huge, doubled or no JSON at all (CVE-2019-10744, CVE-2022-24999: __proto__; Gson's and Jackson's deep nesting)."""

from common import kind, main, still_there, wait_for, watch

MESSAGE, OFFER, ACCEPT = 0x82, 0x90, 0x91
ID = b'"transfer":"' + b'0' * 32 + b'"'


def violating(name, frame_type, payload):
    """A kind that sends HELLO and then this frame."""
    def misbehave(target):
        speaker = target.connect()
        speaker.send_frame(frame_type, payload)
        watch(speaker)

    misbehave.__name__ = name
    kind(misbehave)


violating('deep_arrays', MESSAGE, b'[' * 65_535)
violating('deep_objects', MESSAGE, b'{"a":' * 13_000)
violating('deep_but_whole', MESSAGE, b'{"id":' + b'[' * 30_000 + b']' * 30_000 + b'}')
violating('long_array', ACCEPT, b'{' + ID + b',"skip":[' + b'0,' * 20_000 + b'0]}')
violating('long_path', OFFER, b'{' + ID + b',"more":false,"entries":[{"path":[' + b'"a",' * 64
          + b'"a"],"size":1,"mtimeMs":0}]}')
violating('no_entries', OFFER, b'{' + ID + b',"more":false,"entries":[]}')
violating('array', MESSAGE, b'[]')
violating('array_bye', 0x06, b'[]')
violating('null', MESSAGE, b'null')
violating('no_json', MESSAGE, b'not json')
violating('two_values', MESSAGE, b'{"id":"a","text":"a"}{"id":"b","text":"b"}')
violating('no_utf8', MESSAGE, b'{"id":"a","text":"\xff\xfe"}')
violating('overlong_utf8', MESSAGE, b'{"id":"a","text":"\xc0\xaf"}')
violating('utf8_surrogate', MESSAGE, b'{"id":"a","text":"\xed\xa0\x80"}')
violating('byte_order_mark', MESSAGE, b'\xef\xbb\xbf{"id":"a","text":"a"}')
violating('raw_control', MESSAGE, b'{"id":"a","text":"a\x00\x1b"}')
violating('not_a_number', 0x03, b'{"nonce":NaN}')
violating('infinite', 0x03, b'{"nonce":1e999}')
violating('fraction', 0x03, b'{"nonce":0.5}')
violating('negative_size', OFFER, b'{' + ID + b',"more":false,"entries":[{"path":["a"],"size":-1,"mtimeMs":0}]}')
violating('size_beyond_2_53', OFFER, b'{' + ID + b',"more":false,"entries":[{"path":["a"],"size":9007199254740992,"mtimeMs":0}]}')
violating('folder_with_size', OFFER, b'{' + ID + b',"more":false,"entries":[{"path":["a"],"size":5,"mtimeMs":0,"kind":"folder"}]}')
violating('odd_id', OFFER, b'{"transfer":"../../../../../../etc/passwd0000","more":false,"entries":[{"path":["a"],"size":1,"mtimeMs":0}]}')
violating('proto_instead', MESSAGE, b'{"__proto__":{"id":"a","text":"a"}}')
violating('empty_id', MESSAGE, b'{"id":"","text":"a"}')
violating('long_id', MESSAGE, b'{"id":"' + b'a' * 41 + b'","text":"a"}')
violating('long_message', MESSAGE, b'{"id":"a","text":"' + b'a' * 16_385 + b'"}')


@kind
def proto_keys(target):
    """Fields that nobody asked for, with names that mean something to an object."""
    speaker = target.connect()
    speaker.send_frame(MESSAGE, b'{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},'
                                b'"toString":1,"id":"__proto__","text":"harmless"}')
    wait_for(speaker, 'ack')
    # The same id is the same message: an object as a table would know it from the start.
    speaker.send('message', id='constructor', text='harmless too')
    wait_for(speaker, 'ack')
    still_there(speaker)


@kind
def duplicate_keys(target):
    """The last one counts, for everybody who looks."""
    speaker = target.connect()
    speaker.send_frame(MESSAGE, b'{"id":"first","text":"first text","id":"last","text":"last text"}')
    wait_for(speaker, 'ack')
    still_there(speaker)


@kind
def lone_surrogate(target):
    r"""Valid JSON, and no text: \ud800 alone."""
    speaker = target.connect()
    speaker.send_frame(MESSAGE, b'{"id":"\\ud800","text":"half \\ud800 a pair"}')
    wait_for(speaker, 'ack')
    still_there(speaker)


main()
