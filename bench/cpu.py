#!/usr/bin/env python3
"""CPU time that a server spends per request, user and system, all threads.

How to read it: the ratio to `limit`, a server that does not even parse, is what
counts; it is taken within each round, and the median over the rounds is shown.
Microseconds and requests per second hold for this machine at this moment.
"""

from harness import LOAD_CORE, SERVER_CORE, Server, Wrk, arguments, interleaved, median, pinned, table


def main():
    options = arguments(
        __doc__, rounds=5, seconds=3, path="/", connections=40, workers=1, pipeline=1
    )
    if "limit" not in options.peers:
        options.peers.insert(0, "limit")
    micros, speed = ({name: [] for name in options.peers} for _ in range(2))
    for name in interleaved(options.rounds, options.peers):
        spent, per_second = measure(name, options)
        micros[name].append(spent)
        speed[name].append(per_second)

    rows = []
    for name in options.peers:
        ratios = [own / base for own, base in zip(micros[name], micros["limit"])]
        spread = f"{min(ratios):.2f} to {max(ratios):.2f}"
        rows.append([name, f"{median(ratios):.2f}", spread, median(micros[name]), median(speed[name])])
    table(["server", "CPU per request, ratio to limit", "lowest to highest", "us per request", "requests/s"], rows)


def measure(name, options):
    """CPU microseconds per request and requests per second."""
    load = dict(path=options.path, connections=options.connections, core=LOAD_CORE, pipeline=options.pipeline)
    with Server(name, workers=options.workers, prefix=pinned(SERVER_CORE)) as server:
        Wrk(server.port, seconds=1, **load)
        before = server.cpu_seconds()
        wrk = Wrk(server.port, seconds=options.seconds, **load)
        return (server.cpu_seconds() - before) / wrk.requests * 1e6, wrk.per_second


if __name__ == "__main__":
    main()
