"""Rule 1: the sender never chooses a path (traversal by name: croc, CVE-2023-43619; scp, CVE-2019-6111; LocalSend, Warpinator).

Each kind offers names of one family, one file each, and sends what is taken; `verdict`
is the answer, `savedAs` the name that was said.
"""

from common import TROUBLE, entry, kind, main, offer, say_line, send_good, wait_for
from lane_speaker import SAVED


def send_taken(target, session, count=1):
    """Sends every entry over the lane that comes and says their names."""
    lane = target.lane(session, wait_for(session, 'lane')['ticket'])
    for number in range(count):
        send_good(lane, number)
    left = count
    while left:
        frame_type, payload = lane.read_frame()
        if frame_type == SAVED:
            say_line(savedAs=payload[4:].decode())
            left -= 1
    lane.close()


def offering(name, *paths):
    def misbehave(target):
        session = target.connect('names')
        for path in paths:
            path = path if isinstance(path, list) else [path]
            offer(session, entry(*path))
            answer = wait_for(session, 'accept', 'decline', 'error')
            if answer is None:
                return
            say_line(verdict='accept' if 'skip' in answer else 'decline')
            if 'skip' in answer:
                send_taken(target, session)

    misbehave.__name__ = name
    kind(misbehave)


offering('traversal', '../../climbed', '..', ['..', 'climbed'], ['a', '..', '..', 'climbed'], '../.ssh/authorized_keys')
offering('absolute', '/etc/climbed', '//host/share/x', '\\\\?\\C:\\x', '~root/../x', ['', 'etc', 'climbed'])
offering('backslashes', '..\\..\\climbed', 'C:\\Windows\\x', 'a\\b', '\\x', ['..\\', 'x'])
offering('drives', 'C:climbed', 'c:', 'Z:x.txt')
offering('control', 'nul\0.txt', 'line\nfeed', 'return\rback', TROUBLE, '\x7f', 'next\x85line', 'para\u2029graph')
offering('dots', '.', '..', ['folder', '.'], ['.', 'x'], ['folder', ''])
offering('dotfiles', '.bashrc', '.ssh', '.gitconfig', '.envrc', '.npmrc')
offering('launchers', 'autorun.inf', 'desktop.ini', 'evil.desktop', 'evil.lnk', 'EVIL.DESKTOP')
offering('hidden_ends', 'photo.jpg' + ' ' * 60 + '.exe', 'photo.jpg\u3000\u3000\u3000.exe', '-rf', 'PROGRA~1')
offering('devices', 'CON', 'nul.txt', 'COM¹', 'aux . .')
offering('look_harmless', 'bidi\u202egnp.exe', 'zero\u200bwidth', 'what?*<>|"')
offering('long', 'a' * 1_000 + '.txt', '\u0065\u0301' * 300)
offering('long_path', ['d' * 200] * 10)
offering('tar_gz_of_marks', 'a' + '\u0301' * 400 + '.tar.gz')


main()
