"""A member of multicast groups on chosen interfaces, and a sender to anything.

Binds one IPv4 and one IPv6 socket to --port. Prints `bound PORT`, then
`received ADDRESS PORT TEXT` for each datagram. Reads lines:
    join GROUP INTERFACE
    send HOST PORT INTERFACE|- TEXT       answered by `sent TEXT`
    gone                                  ends the program
"""

import argparse
import select
import socket
import struct
import sys

parser = argparse.ArgumentParser()
parser.add_argument('--port', type=int, default=0)
options = parser.parse_args()
sys.stdout.reconfigure(encoding='utf-8', line_buffering=True)

four = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
four.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
four.bind(('', options.port))
port = four.getsockname()[1]
six = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
six.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
six.bind(('::', port))
print('bound', port)


def mreqn(group, index):
    return struct.pack('=4s4si', socket.inet_aton(group), bytes(4), index)


def join(group, name):
    index = socket.if_nametoindex(name)
    if ':' in group:
        request = socket.inet_pton(socket.AF_INET6, group) + struct.pack('@I', index)
        six.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_JOIN_GROUP, request)
    else:
        four.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, mreqn(group, index))
    print('joined', group, name)


def send(host, target, name, text):
    index = 0 if name == '-' else socket.if_nametoindex(name)
    if ':' in host:
        if index:
            six.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_MULTICAST_IF, index)
        six.sendto(text.encode(), (host, target, 0, index))
    else:
        if index:
            four.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, mreqn('0.0.0.0', index))
        four.sendto(text.encode(), (host, target))
    print('sent', text)


while True:
    ready, _, _ = select.select([four, six, sys.stdin], [], [])
    for each in ready:
        if each is sys.stdin:
            words = sys.stdin.readline().split()
            if not words or words[0] == 'gone':
                sys.exit()
            if words[0] == 'join':
                join(words[1], words[2])
            else:
                send(words[1], int(words[2]), words[3], ' '.join(words[4:]))
        else:
            data, source = each.recvfrom(65536)
            zone = '%' + socket.if_indextoname(source[3]) if source[3:] and source[3] else ''
            print('received', source[0] + zone, source[1], data.decode('utf-8', 'replace'))
