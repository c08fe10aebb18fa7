"""A peer whose offers, nick and messages hold names and texts that no one should trust.

Prints one JSON line for each message that comes back. The offers' ids say which
attack they are: the index as 32 hex digits. A stranger may offer only a few
times a minute, so --from and --count choose which; each run is another stranger.
Stays until the other side closes or stdin ends.
"""

import argparse
import os
import sys
import threading

from sockterm_speaker import Speaker, say_line

ESC = '\x1b'
names = [
    ['../../x'],
    ['..'],
    ['..', 'x'],
    ['/etc/passwd'],
    ['C:\\Windows\\x'],
    ['..\\x'],
    ['x\0.txt'],
    [f'{ESC}[2J{ESC}]0;title\x07cleared.txt'],
    ['bidi\u202egnp.exe'],
    ['new\nline.txt'],
    [''],
    ['.'],
    ['a' * 1000 + '.txt'],
    ['CON'],
    ['nul.txt'],
    ['.bashrc'],
    ['photo.jpg' + ' ' * 100 + '.exe'],
    ['trailing. . '],
    ['~'],
    ['-rf'],
]

parser = argparse.ArgumentParser()
parser.add_argument('host')
parser.add_argument('port', type=int)
parser.add_argument('--from', dest='first', type=int, default=0)
parser.add_argument('--count', type=int, default=len(names))
options = parser.parse_args()
sys.stdout.reconfigure(encoding='utf-8')

speaker = Speaker(options.host, options.port)
say_line(connected=speaker.local_port)
speaker.hello(f'{ESC}[31mevil{ESC}]0;x\x07\u202e')
speaker.send('message', id='evil-1', text=f'evil message {ESC}[2J \u202e \x9b2J end')


def offer(number):
    speaker.send('offer', transfer=f'{number:032x}', more=False, entries=[
        {'path': names[number], 'size': 4, 'mtimeMs': 0},
    ])


def leave():
    sys.stdin.read()
    os._exit(0)


threading.Thread(target=leave, daemon=True).start()
for number in range(options.first, min(len(names), options.first + options.count)):
    offer(number)
for name, body in speaker.messages():
    say_line(name=name, **body)
say_line(closed=True)
os._exit(0)
