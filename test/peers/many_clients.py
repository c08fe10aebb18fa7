"""Many raw clients in one process: opens COUNT connections and holds them.

Orders come on stdin, one a line; every answer is one line on stdout:
  say TEXT      every live client sends `TEXT NUMBER` and a newline  -> `said LIVE`
  expect TEXT   wait until every live client has got a line that contains TEXT,
                or lost its connection                               -> `received GOT of LIVE`
  break COUNT   that many clients break off with a reset, half a line
                just sent                                            -> `broke COUNT`
  quit          closes all in good order                             -> `closed LIVE`
Prints `open COUNT` when all are connected.
"""

import argparse
import asyncio
import resource
import socket
import struct
import sys


class Client:
    def __init__(self, number, reader, writer):
        self.number = number
        self.reader = reader
        self.writer = writer
        self.text = ''
        self.alive = True
        self.changed = asyncio.Event()
        self.task = asyncio.create_task(self.read())

    async def read(self):
        try:
            while data := await self.reader.read(65536):
                self.text += data.decode('utf-8', 'replace')
                self.changed.set()
        except OSError:
            pass
        self.alive = False
        self.changed.set()

    async def expect(self, text):
        while text not in self.text:
            if not self.alive:
                return False
            self.changed.clear()
            await self.changed.wait()
        return True

    def break_off(self):
        """SO_LINGER with no time makes close() send a reset instead of a FIN."""
        self.alive = False
        self.task.cancel()
        self.writer.write(b'cut off in the mid')
        raw = self.writer.get_extra_info('socket')
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))
        self.writer.transport.abort()


async def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('host')
    parser.add_argument('port', type=int)
    parser.add_argument('count', type=int)
    options = parser.parse_args()
    sys.stdout.reconfigure(encoding='utf-8', line_buffering=True)
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = options.count + 100
    if soft != resource.RLIM_INFINITY and soft < wanted:
        limit = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (limit, hard))

    gate = asyncio.Semaphore(100)

    async def connect(number):
        async with gate:
            reader, writer = await asyncio.open_connection(options.host, options.port)
        return Client(number, reader, writer)

    clients = await asyncio.gather(*(connect(number) for number in range(options.count)))
    print('open', len(clients))

    orders = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(orders), sys.stdin)
    while line := (await orders.readline()).decode('utf-8').strip():
        order, _, argument = line.partition(' ')
        live = [client for client in clients if client.alive]
        if order == 'say':
            for client in live:
                client.writer.write(f'{argument} {client.number}\n'.encode())
            print('said', len(live))
        elif order == 'expect':
            got = await asyncio.gather(*(client.expect(argument) for client in live))
            print('received', sum(got), 'of', len(live))
        elif order == 'break':
            for client in live[:int(argument)]:
                client.break_off()
            print('broke', min(int(argument), len(live)))
        elif order == 'quit':
            for client in live:
                client.writer.close()
            print('closed', len(live))
            break
        else:
            sys.exit(f'unknown order: {line}')


asyncio.run(main())
