#!/usr/bin/env python3
"""Throughput and latency when every request costs half a millisecond of CPU:
`GET /fibonacci`, 40 connections, one worker and then as many as there are cores.

How to read it: p99 shows how evenly the connections are spread over the
workers: one idle worker makes the others' connections wait. The scaling column
is the throughput against that of one worker, times their number; on a machine
where wrk has no core of its own it cannot reach 1.00. The loop is the server's
own: compare throughputs only where one worker's are alike.
"""

import os

import client
from harness import PEERS, Server, Wrk, arguments, interleaved, median, table

WITH_FIBONACCI = tuple(name for name in PEERS if name != "limit")


def main():
    options = arguments(
        __doc__, peers=WITH_FIBONACCI, rounds=3, seconds=4, connections=40, workers=os.cpu_count()
    )
    runs = [(name, workers) for name in options.peers for workers in sorted({1, options.workers})]
    measured = {run: [] for run in runs}
    for run in interleaved(options.rounds, runs):
        measured[run].append(measure(*run, options))

    rows = []
    for name, workers in runs:
        speed, middle, slow = (median(column) for column in zip(*measured[name, workers]))
        one = median([speed for speed, _, _ in measured[name, 1]])
        rows.append([name, workers, speed, f"{speed / (workers * one):.3f}", middle, slow])
    table(["server", "workers", "requests/s", "scaling", "p50 ms", "p99 ms"], rows)


def measure(name, workers, options):
    with Server(name, workers=workers) as server:
        answer = client.get(server.port, "/fibonacci")
        if b"1884755131" not in answer:
            raise SystemExit(f"`{name}` answered {answer[:200]!r}, expected fibonacci's 1884755131")
        wrk = Wrk(server.port, "/fibonacci", seconds=options.seconds, connections=options.connections)
        return wrk.per_second, wrk.latency_ms(50), wrk.latency_ms(99)


if __name__ == "__main__":
    main()
