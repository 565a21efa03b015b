"""Carries standard input and output over TLS 1.2, and writes its `tls-unique` to a file (RFC 5929)."""

import os
import select
import socket
import ssl
import sys

port, authority, binding = sys.argv[1:]
context = ssl.create_default_context(cafile=authority)
context.maximum_version = ssl.TLSVersion.TLSv1_2
tls = context.wrap_socket(
    socket.create_connection(("localhost", port)), server_hostname="localhost"
)
with open(binding, "wb") as file:
    file.write(tls.get_channel_binding("tls-unique"))
while True:
    readable = select.select([0, tls], [], [])[0]
    if tls in readable:
        octets = tls.recv(65536)
        while tls.pending():
            octets += tls.recv(65536)
        if not octets:
            break
        os.write(1, octets)
    if 0 in readable:
        octets = os.read(0, 65536)
        if not octets:
            break
        tls.sendall(octets)
