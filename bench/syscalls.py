#!/usr/bin/env python3
"""System calls per request, counted by strace, one worker, all threads: alone
(one connection, one request at a time), under load (40 connections) and
pipelined by 16.

How to read it: (S(3N) - S(N)) / 2N, so that start-up and connections cancel.
Under load the calls that wait for events are shared by all that is ready at
once: strace slows the server down, so more is ready than without it.
"""

import re
import tempfile
from collections import Counter
from pathlib import Path

import client
from harness import Server, arguments, table

LOADS = {
    "alone": lambda port, count: client.pipelined(port, count),
    "40 connections": lambda port, count: client.parallel(port, count, 40),
    "pipelined by 16": lambda port, count: client.pipelined(port, count, 16),
}


def main():
    options = arguments(__doc__, requests=3200)
    rows = []
    for name in options.peers:
        counts = [per_request(name, options.requests, load) for load in LOADS.values()]
        rows.append([name] + [f"{sum(calls.values()):.2f}" for calls in counts] + [shares(counts[0])])
    table(["server", *LOADS, "which, alone"], rows)


def per_request(name, count, load):
    few, many = (calls(name, requests, load) for requests in (count, 3 * count))
    many.subtract(few)
    return Counter({call: times / (2 * count) for call, times in many.items()})


def shares(calls):
    return ", ".join(f"{call} {times:.2f}" for call, times in calls.most_common() if times >= 0.005)


def calls(name, count, load):
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "strace.out"
        with Server(name, prefix=("strace", "-c", "-f", "-o", str(out)), patience=30) as server:
            load(server.port, count)
        # % time, seconds, usecs/call, calls, errors (may be missing), name
        lines = re.findall(r"^\s*[\d.]+\s+[\d.]+\s+\d+\s+(\d+)\s+(?:\d+\s+)?(\w+)$", out.read_text(), re.MULTILINE)
        return Counter({call: int(times) for times, call in lines if call != "total"})


if __name__ == "__main__":
    main()
