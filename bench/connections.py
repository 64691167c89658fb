#!/usr/bin/env python3
"""New connections: each carries one request with `Connection: close`. How many
a server takes per second, and what each costs it in CPU time, user and system.

How to read it: the ratio to `limit` of the CPU time, taken within each round.
Connections per second are bounded by the load generator too: where several
servers show the same, look at the CPU time.
"""

import client
from harness import LOAD_CORE, SERVER_CORE, Server, Wrk, arguments, interleaved, median, pinned, table

LOAD = dict(connections=40, core=LOAD_CORE, header="Connection: close")


def main():
    options = arguments(__doc__, rounds=3, seconds=3, workers=1)
    if "limit" not in options.peers:
        options.peers.insert(0, "limit")
    measured = {name: [] for name in options.peers}
    for name in interleaved(options.rounds, options.peers):
        if result := measure(name, options):
            measured[name].append(result)

    rows = []
    for name, results in measured.items():
        if not results:
            print(f"{name} is left out: it keeps connections open.\n")
            continue
        ratios = [micros / limit for (micros, _), (limit, _) in zip(results, measured["limit"])]
        micros, per_second = (median(column) for column in zip(*results))
        rows.append([name, f"{median(ratios):.2f}", micros, per_second])
    table(["server", "CPU per connection, ratio to limit", "us per connection", "connections/s"], rows)


def measure(name, options):
    """CPU microseconds per connection and connections per second."""
    extra = ["close"] if name == "limit" else []
    with Server(name, workers=options.workers, prefix=pinned(SERVER_CORE), extra=extra) as server:
        if not client.closes_when_asked(server.port):
            return None
        before = server.cpu_seconds()
        wrk = Wrk(server.port, seconds=options.seconds, **LOAD)
        return (server.cpu_seconds() - before) / wrk.requests * 1e6, wrk.per_second


if __name__ == "__main__":
    main()
