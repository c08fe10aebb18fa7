"""A raw client whose lines try to take over the terminal that shows them.

Each line starts with `evil NUMBER` so that a reader knows that it came through
the sanitiser, and holds one family of trouble: C0 and C1 controls, CSI, OSC
(title, clipboard, hyperlink), DCS, bidi controls, zero-width and tag
characters, stacked combining marks, a broken sequence at the end of a read.
Prints `connected PORT` and `sent COUNT`, then waits on stdin before it closes.
"""

import socket
import sys

ESC = '\x1b'
attacks = [
    f'{ESC}[2J{ESC}[Hscreen cleared',
    f'{ESC}]0;stolen title\x07',
    f'{ESC}]52;c;c3RvbGVu\x07 clipboard',
    f'{ESC}]8;;http://evil.example/{ESC}\\link{ESC}]8;;{ESC}\\',
    f'{ESC}[?1049l{ESC}[?25h{ESC}[?2004l modes',
    f'{ESC}[6n{ESC}[c{ESC}[>q queries',
    f'{ESC}Pq#0;2;0;0;0{ESC}\\ device control',
    f'{ESC}[31;1;5mred and blinking',
    f'{ESC}c full reset',
    '\x9b2J\x9d0;title\x9c C1 controls',
    'bell \x07 backspace \x08\x08\x08 form \x0c vertical \x0b shift \x0e\x0f nul \x00 del \x7f',
    'bidi \u202egnp.exe\u202c \u2066isolate\u2069 \u200emark\u200f',
    'hidden \u200bzero\ufeffwidth\u2060 tag \U000e0041\U000e0042\U000e007f',
    'marks a' + '\u0301' * 200,
    'separators \u2028 and \u2029 end',
    'carriage\rreturn 12:00:00  bob  > forged',
    'tab\tstop',
    '\ue000 private \U0010ffff noncharacter \ufffe',
]

sys.stdout.reconfigure(line_buffering=True)
host, port = sys.argv[1], int(sys.argv[2])
client = socket.create_connection((host, port))
print('connected', client.getsockname()[1])
for number, attack in enumerate(attacks):
    client.sendall(f'evil {number:02} {attack}\n'.encode('utf-8'))
# C1 as single bytes is no UTF-8; and an escape that is cut in two.
client.sendall(b'evil raw \x9b2J \x9d0;title\x07 \xff\xfe\n')
client.sendall(b'evil cut \x1b')
client.sendall(b'[2J end\n')
print('sent', len(attacks) + 2)
sys.stdin.readline()
client.close()
