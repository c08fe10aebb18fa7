"""HELLO that says what cannot be: versions, roles and instances (LocalSend and KDE Connect trusted what an announcement said)."""

import os

from common import kind, main, say_line, watch

GOOD = {'versions': [1], 'features': [], 'nick': 'liar', 'role': 'console'}


def lying(name, **fields):
    def misbehave(target):
        speaker = target.dial()
        speaker.send('hello', **{**GOOD, 'instance': os.urandom(16).hex(), **fields})
        watch(speaker)

    misbehave.__name__ = name
    kind(misbehave)


lying('other_versions', versions=[0, 2, 65_535])
lying('no_versions', versions=[])
lying('many_versions', versions=[1] * 17)
lying('role', role='admin')
lying('long_nick', nick='n' * 129)
lying('short_instance', instance='00')
lying('many_features', features=['f'] * 65)
lying('intended', intended='../../etc')


@kind
def mirror(target):
    """Sends back the HELLO that it got: the instance is that of the program itself."""
    speaker = target.dial()
    frame_type, payload = speaker.read_frame()
    speaker.send_frame(frame_type, payload)
    watch(speaker)


@kind
def twins(target):
    """Two connections of one instance: one of them stays, and no other session is touched."""
    first = target.dial()
    hello = {**GOOD, 'instance': os.urandom(16).hex()}
    first.send('hello', **hello)
    first.receive()
    second = target.dial(first.identity)
    second.send('hello', **hello)
    watch(first)
    say_line(twin='closed')


main()
