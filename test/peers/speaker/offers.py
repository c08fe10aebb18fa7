"""Offers and answers (docs/protocol.md, 5), in as many pages as one asks for."""

from .tls import random_hex

FILE, FOLDER, STREAM = None, 'folder', 'stream'


class Source:
    """Something to send: its path, its bytes and what it is."""

    def __init__(self, *path, content=b'', kind=FILE):
        self.path, self.content, self.kind = list(path), content, kind
        self.done = False

    def entry(self):
        entry = {'path': self.path, 'size': len(self.content) if self.kind is FILE else 0, 'mtimeMs': 1767225600000.5}
        if self.kind:
            entry['kind'] = self.kind
        if self.done:
            entry['done'] = True
        return entry


def pages_of(items, size):
    return [items[at:at + size] for at in range(0, len(items), size)] or [[]]


def send_offer(session, sources, transfer=None, page=1_000):
    transfer = transfer or random_hex(16)
    pages = pages_of([source.entry() for source in sources], page)
    for number, entries in enumerate(pages):
        session.send('OFFER', transfer=transfer, entries=entries, more=number < len(pages) - 1)
    return transfer


def read_offer(session, transfer=None):
    """An offer with all its pages: its number and its entries."""
    entries = []
    while True:
        wanted = {'transfer': transfer} if transfer else {}
        _, body = session.expect('OFFER', **wanted)
        transfer = body['transfer']
        entries += body['entries']
        if not body['more']:
            return transfer, entries


def send_answer(session, transfer, skip=(), held=(), same=(), page=None):
    """ACCEPT; where a page size is given, each list in pages of it."""
    assert not set(skip) & set(held) and not set(skip) & set(same) and not set(held) & set(same)
    if page is None:
        bodies = [{'skip': list(skip), 'held': list(held), 'same': list(same)}]
    else:
        bodies = [{'skip': part} for part in pages_of(list(skip), page)]
        bodies += [{'skip': [], 'held': part} for part in pages_of(list(held), page) if part]
        bodies += [{'skip': [], 'same': part} for part in pages_of(list(same), page) if part]
    for number, body in enumerate(bodies):
        kept = {name: value for name, value in body.items() if value or name == 'skip'}
        session.send('ACCEPT', transfer=transfer, more=number < len(bodies) - 1, **kept)


class Answer:
    """What the receiver wants: all but `skip`; of `held` it has bytes, `same` may be there whole."""

    def __init__(self):
        self.skip, self.held, self.same = set(), set(), set()


def read_answer(session, transfer):
    """An answer with all its pages, or the body of DECLINE."""
    answer = Answer()
    while True:
        name, body = session.expect('ACCEPT', 'DECLINE', transfer=transfer)
        if name == 'DECLINE':
            return body
        answer.skip.update(body['skip'])
        answer.held.update(body.get('held', []))
        answer.same.update(body.get('same', []))
        if not body.get('more'):
            return answer
