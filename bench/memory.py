#!/usr/bin/env python3
"""Resident memory that an idle keep-alive connection costs the server: 4,000
connections are opened, each has one request answered, all stay open.

How to read it: bytes of user space; the kernel's sockets are not included. The
growth is taken after a first request, so that what a server keeps once, whatever
the number of connections, is left out.
"""

import time
from contextlib import ExitStack

import client
from harness import Server, arguments, raise_descriptor_limit, table


def main():
    options = arguments(__doc__, connections=4000)
    raise_descriptor_limit()
    rows = [[name, *measure(name, options.connections)] for name in options.peers]
    table(["server", "bytes per idle connection", "MiB before", "MiB after"], rows)


def measure(name, connections):
    with Server(name) as server, ExitStack() as open_streams:
        before = server.resident_bytes()
        for _ in range(connections):
            stream = open_streams.enter_context(client.connect(server.port))
            client.exchange(stream, client.request(server.port))
        time.sleep(0.5)
        after = server.resident_bytes()
    return round((after - before) / connections), before / 2**20, after / 2**20


if __name__ == "__main__":
    main()
