"""Rule 8: a name is a hint (LocalSend and KDE Connect trusted names; homographs). The program has pinned a peer as `alice`."""

from common import kind, main, still_there


def called(name, nick):
    def misbehave(target):
        still_there(target.connect(nick))

    misbehave.__name__ = name
    kind(misbehave)


called('same', 'alice')
called('other_case', 'ALICE')
called('cyrillic', '\u0430lice')
called('digit', 'a1ice')
called('marks', 'a\u0301lice')
called('zero_width', 'al\u200bice')
called('bidi', '\u202ealice')
called('spaces', '  alice  ')
called('wide', '\uff41\uff4c\uff49\uff43\uff45')
called('with_the_word', 'alice \u2713 VERIFIED')


@kind
def later(target):
    """Under a harmless name first."""
    session = target.connect('harmless')
    still_there(session)
    session.send('nick', nick='al\u0456ce')
    still_there(session)


main()
