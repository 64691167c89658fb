#!/usr/bin/env python3
"""How 40 connections are spread over N workers: how many of them each thread
serves, by strace, which shows the thread that reads each connection's request.

How to read it: most minus least should be 0 or 1. `hyper` stands here for every
server whose workers each have a listener: the kernel's hash deals.
"""

import re
import tempfile
from collections import Counter
from contextlib import ExitStack
from pathlib import Path

import client
from harness import Server, arguments, table


def main():
    options = arguments(__doc__, peers=("tramline", "actix", "hyper"), connections=40, most=16)
    rows = []
    for name in options.peers:
        for workers in (count for count in (2, 4, 8, 16, 32, 64) if count <= options.most):
            shares = spread(name, workers, options.connections)
            rows.append([name, workers, max(shares) - min(shares), " ".join(map(str, shares))])
    table(["server", "workers", "most minus least", "connections of each worker"], rows)


def spread(name, workers, connections):
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "strace.out"
        prefix = ("strace", "-f", "-e", "trace=read,readv,recvfrom,recvmsg", "-o", str(out))
        with Server(name, workers=workers, prefix=prefix, patience=30) as server, ExitStack() as open_streams:
            for _ in range(connections):
                stream = open_streams.enter_context(client.connect(server.port))
                client.exchange(stream, client.request(server.port))
        # A line begins with the thread's id and shows what was read. The first
        # request is the one by which the server was known to be ready.
        readers = re.findall(r'^(\d+) .*"GET / ', out.read_text(), re.MULTILINE)[1:]
    if len(readers) != connections:
        raise SystemExit(f"`{name}`: saw {len(readers)} requests read, expected {connections}")
    shares = sorted(Counter(readers).values(), reverse=True)
    return shares + [0] * (workers - len(shares))


if __name__ == "__main__":
    main()
