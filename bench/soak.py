#!/usr/bin/env python3
"""One server under a crowd that wastes its time, and a client that behaves.

5,000 connections are idle, 200 send a head byte by byte, 50 read a byte of their
answers now and then; all of them come back when they are closed. Meanwhile one
client sends request after request on one connection. Each round has a quiet phase
and one with the crowd; then the crowd is gone. `--seconds` is the length of a
crowd: longer than the server's patience. With slowhttptest (Debian's), its slow
heads, bodies and readers follow.

How to read it: the p99 with the crowd should be within 3 times the quiet one, and
descriptors and memory after the last round what they were after the one before:
the first ones fill the pools of buffers. The client and the crowd are two
processes. A p99 is the median of those of each second, since other programs on the
machine disturb some seconds and not others.
"""

import multiprocessing
import os
import random
import selectors
import shutil
import socket
import subprocess
import sys
import time
from contextlib import suppress

import client
from harness import Server, arguments, median, raise_descriptor_limit, table


def main():
    options = arguments(
        __doc__,
        peers=("tramline",),
        idle=5000,
        heads=200,
        readers=50,
        seconds=35,
        rounds=5,
        workers=1,
    )
    raise_descriptor_limit()
    for name in options.peers:
        with Server(name, workers=options.workers) as server:
            ok = soak(server, options)
            ok = slowhttptest(server, options) and ok
        sys.exit(not ok)


def soak(server, options):
    rows, ratios, after = [], [], []
    for turn in range(1, options.rounds + 1):
        quiet = behave(server.port, max(1, options.seconds // 3))
        rows.append([f"quiet, {turn}", *quiet, *footprint(server)])
        crowd = Crowd(server.port, options)
        with crowd:
            busy = behave(server.port, options.seconds)
            rows.append([f"crowd, {turn}", *busy, *footprint(server)])
        after.append(settled(server))
        rows.append([f"after, {turn}", 0, float("nan"), float("nan"), *after[-1]])
        ratios.append(busy[2] / quiet[2])
        print(f"closed by the server in round {turn}: {crowd.closed.value}", file=sys.stderr)
    table(["phase", "requests", "p50, us", "p99, us", "descriptors", "MiB resident"], rows)
    print()
    checks = {
        f"p99 with the crowd over quiet: {', '.join(f'{r:.2f}' for r in ratios)}": median(ratios) <= 3,
        f"descriptors after each: {', '.join(str(d) for d, _ in after)}": after[-1][0] <= after[0][0],
        f"MiB after each: {', '.join(f'{m:.2f}' for _, m in after)}": after[-1][1] <= after[-2][1] * 1.05,
    }
    for text, good in checks.items():
        print(f"- {text}: {'met' if good else 'MISSED'}")
    return all(checks.values())


def behave(port, seconds):
    """Number of requests, and p50 and p99 of their times in microseconds."""
    with multiprocessing.Pool(1) as pool:
        return pool.apply(exchange_for, (port, seconds))


def exchange_for(port, seconds):
    one, times, tails = client.request(port), [], []
    with client.connect(port) as stream:
        for _ in range(seconds):
            second, end = [], time.monotonic() + 1
            while time.monotonic() < end:
                start = time.perf_counter()
                client.exchange(stream, one)
                second.append(time.perf_counter() - start)
                time.sleep(0.001)
            second.sort()
            tails.append(second[len(second) * 99 // 100])
            times += second
    return len(times), median(times) * 1e6, median(tails) * 1e6


def footprint(server):
    return len(os.listdir(f"/proc/{server.process.pid}/fd")), server.resident_bytes() / 2**20


def settled(server):
    """The footprint when the server has noticed that the crowd is gone."""
    last, deadline = footprint(server), time.monotonic() + 20
    while time.monotonic() < deadline:
        time.sleep(1)
        now = footprint(server)
        if now == last and now[0] < 100:
            break
        last = now
    return last


class Crowd:
    """The peers that waste a server's time, in a process of their own."""

    def __init__(self, port, options):
        self.ready, self.stop = multiprocessing.Event(), multiprocessing.Event()
        self.closed = multiprocessing.Value("i", 0)
        self.process = multiprocessing.Process(target=self.run, args=(port, options))

    def __enter__(self):
        self.process.start()
        if not self.ready.wait(60):
            sys.exit("the crowd did not get in within a minute")

    def __exit__(self, *_):
        self.stop.set()
        self.process.join(30)

    def run(self, port, options):
        kinds = ["idle"] * options.idle + ["head"] * options.heads + ["reader"] * options.readers
        random.shuffle(kinds)
        self.selector = selectors.DefaultSelector()
        peers = [self.join(port, kind) for kind in kinds]
        self.ready.set()
        busy = [at for at, kind in enumerate(kinds) if kind != "idle"]
        while not self.stop.is_set():
            for at in busy:
                if not self.waste(peers[at], kinds[at]):
                    peers[at] = self.rejoin(port, kinds[at], peers[at])
            for key, _ in self.selector.select(0):
                at = peers.index(key.fileobj)
                peers[at] = self.rejoin(port, "idle", peers[at])
            self.stop.wait(0.5)
        for peer in peers:
            peer.close()

    def join(self, port, kind):
        peer = socket.socket()
        if kind == "reader":
            peer.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        peer.settimeout(20)
        peer.connect(("127.0.0.1", port))
        peer.setblocking(False)
        if kind == "reader":
            # Far more answers than the two systems hold: the server waits.
            with suppress(BlockingIOError):
                while True:
                    peer.send(client.request(port) * 100)
        elif kind == "idle":
            self.selector.register(peer, selectors.EVENT_READ)
        else:
            peer.send(b"GET / HTTP/1.1\r\nHost: a\r\nSlow: ")
        return peer

    def rejoin(self, port, kind, peer):
        self.closed.value += 1
        if kind == "idle":
            self.selector.unregister(peer)
        peer.close()
        return self.join(port, kind)

    def waste(self, peer, kind):
        """One byte; `False` if the server has closed the connection."""
        try:
            if kind == "reader":
                # Asks for more: a closed connection says so to nothing else
                # while there is something to be read.
                with suppress(BlockingIOError):
                    peer.send(b"G")
                return peer.recv(1) != b""
            peer.send(b"x")
            # A 408, or the end.
            peer.recv(512)
            return False
        except BlockingIOError:
            return True
        except OSError:
            return False


def slowhttptest(server, options):
    """Debian's tool against the same server, which must answer all the while."""
    tool = shutil.which("slowhttptest")
    if not tool:
        print("- slowhttptest: skipped, since not installed")
        return True
    good, url = True, f"http://127.0.0.1:{server.port}/"
    for what, flags in (
        ("slow heads", ["-H", "-i", "1"]),
        ("slow bodies", ["-B", "-i", "1", "-s", "100000"]),
        ("slow readers", ["-X", "-k", "10", "-w", "10", "-y", "20", "-n", "1", "-z", "32"]),
    ):
        command = [tool, "-c", str(options.heads), "-r", "200", "-l", str(options.seconds // 2 + 5), "-u", url]
        process = subprocess.Popen(
            command + flags, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        time.sleep(2)
        _, p50, p99 = behave(server.port, max(1, options.seconds // 2))
        code = process.wait(options.seconds + 30)
        good = good and code == 0
        print(f"- slowhttptest, {what}: p50 {p50:,.0f} us, p99 {p99:,.0f} us, its exit code {code}")
    descriptors, resident = settled(server)
    print(f"- afterwards {descriptors} descriptors, {resident:.2f} MiB")
    return good and descriptors < 100


if __name__ == "__main__":
    main()
