"""Rule 6, lengths: a frame's length is judged before anything is reserved for it (absurd and empty frames)."""

from common import kind, main, say_line, still_there, watch


@kind
def huge(target):
    speaker = target.connect()
    speaker.send_bytes(b'\xff\xff\xff\xff\x82')
    watch(speaker)


@kind
def huge_optional(target):
    """Of a type that may be skipped: its length may not."""
    speaker = target.connect()
    speaker.send_bytes(b'\x7f\xff\xff\xff\x01')
    watch(speaker)


@kind
def empty(target):
    speaker = target.connect()
    speaker.send_bytes(b'\x00\x00\x00\x00')
    watch(speaker)


@kind
def one_over(target):
    speaker = target.connect()
    speaker.send_bytes((65_537).to_bytes(4, 'big') + b'\x82' + b' ' * 65_536)
    watch(speaker)


@kind
def first_over(target):
    """Before HELLO a frame may have an eighth of that."""
    speaker = target.dial()
    speaker.hello('x' * 8_192)
    watch(speaker)


@kind
def huge_first(target):
    speaker = target.dial()
    speaker.send_bytes(b'\xff\xff\xff\xff\x81')
    watch(speaker)


@kind
def half(target):
    """Announces 64 KiB, sends half of it, and goes."""
    speaker = target.connect()
    still_there(speaker)
    speaker.send_bytes((65_536).to_bytes(4, 'big') + b'\x82' + b' ' * 32_768)
    speaker.close()


main()
