"""pipe_client.py HOST PORT: stdin to a TCP server and what it says to stdout, as `nc -N` does.

The end of the input ends our half of the connection; the end of the server's ends the program.
"""

import socket
import sys
import threading

host, port = sys.argv[1], int(sys.argv[2])
connection = socket.create_connection((host, port))


def send() -> None:
    while data := sys.stdin.buffer.read1(65536):
        connection.sendall(data)
    connection.shutdown(socket.SHUT_WR)


threading.Thread(target=send, daemon=True).start()
while data := connection.recv(65536):
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()
