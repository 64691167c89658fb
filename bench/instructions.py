#!/usr/bin/env python3
"""User-space instructions per request, counted by callgrind, one worker, all
threads: one at a time, and pipelined by 16. With `--fields 9` a request has the
fields of a browser's beside Host; without, none.

How to read it: (I(3N) - I(N)) / 2N, so that start-up, the connection and the end
cancel. The counts hardly depend on the load of the machine; they leave out what
the kernel does, which is most of the work. Go's runtime does not start under
valgrind 3.19, so its programs are not counted.
"""

import re
import tempfile
from pathlib import Path

import client
from harness import RUST_PEERS, Server, arguments, table


def main():
    options = arguments(__doc__, peers=RUST_PEERS, requests=3200, depth=16, fields=0)
    rows = []
    for name in options.peers:
        counts = [
            per_request(name, options.requests, depth, client.BROWSER[: options.fields])
            for depth in (1, options.depth)
        ]
        rows.append([name, *counts])
    table(["server", "instructions, one at a time", f"pipelined by {options.depth}"], rows)


def per_request(name, count, depth, fields):
    few, many = (instructions(name, requests, depth, fields) for requests in (count, 3 * count))
    return (many - few) / (2 * count)


def instructions(name, count, depth, fields):
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "callgrind.out"
        prefix = ("valgrind", "--tool=callgrind", f"--callgrind-out-file={out}")
        with Server(name, prefix=prefix, patience=60) as server:
            client.pipelined(server.port, count, depth, fields)
        return int(re.search(r"^(?:totals|summary): (\d+)", out.read_text(), re.MULTILINE)[1])


if __name__ == "__main__":
    main()
