"""What every measurement here shares: the servers under test, their start and
end, wrk, and the tables that are printed.

A server is started on a free loopback port, is known to be ready when it has
answered one `GET /`, and is ended by its process id. Nothing else is ended.
"""

import argparse
import contextlib
import os
import re
import resource
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import client

BENCH = Path(__file__).resolve().parent
RUST = Path(os.environ.get("CARGO_TARGET_DIR", BENCH / "target")) / "release"
GO = BENCH / "target" / "go"
TRAMLINE = Path(
    os.environ.get("TRAMLINE_BIN")
    or Path(os.environ.get("CARGO_TARGET_DIR", BENCH.parent / "target")) / "release" / "hello"
)

PEERS = {
    "limit": RUST / "peer-limit",
    "tramline": TRAMLINE,
    "may": RUST / "peer-may",
    "hyper": RUST / "peer-hyper",
    "actix": RUST / "peer-actix",
    "axum": RUST / "peer-axum",
    "fasthttp": GO / "fasthttp",
    "nethttp": GO / "nethttp",
}

RUST_PEERS = tuple(name for name, path in PEERS.items() if path.parent != GO)

SERVER_CORE, LOAD_CORE = "0", "1"


# --- servers ---------------------------------------------------------------


class Server:
    """One running server: `with Server("axum", workers=2) as server: ...`.

    `prefix` is put before the command (`taskset`, `valgrind`, `strace`), `extra`
    after it.
    """

    def __init__(self, name, workers=1, prefix=(), extra=(), patience=10):
        self.name, self.port, self.patience = name, free_port(), patience
        self.command = [*prefix, str(PEERS[name])]
        if name == "tramline":
            self.command += ["--listen", f"127.0.0.1:{self.port}", "--threads", str(workers)]
        else:
            self.command += [str(self.port), str(workers)]
        self.command += extra

    def __enter__(self):
        self.log = tempfile.TemporaryFile()
        self.process = subprocess.Popen(self.command, stdout=self.log, stderr=self.log)
        try:
            self.wait_until_ready()
        except BaseException:
            self.__exit__()
            raise
        return self

    def wait_until_ready(self):
        deadline = time.monotonic() + self.patience
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                break
            with contextlib.suppress(OSError):
                answer = client.get(self.port, "/")
                if b"Hello, World!" in answer:
                    return
                sys.exit(f"`{self.name}` answered {answer[:200]!r}, expected `Hello, World!`")
            time.sleep(0.02)
        self.log.seek(0)
        sys.exit(f"`{' '.join(self.command)}` is not ready: {self.log.read()[-2000:].decode()}")

    def __exit__(self, *_):
        """SIGTERM, and SIGKILL to what has not ended five seconds later."""
        for end in (signal.SIGTERM, signal.SIGKILL):
            if self.process.poll() is None:
                with contextlib.suppress(ProcessLookupError, subprocess.TimeoutExpired):
                    os.kill(self.server_pid(), end)
                    self.process.wait(timeout=5)
        self.log.close()

    def server_pid(self):
        """The server's own id: strace runs it as a child, and ends with it; the
        other prefixes turn into it."""
        pid = self.process.pid
        if self.command[0] == "strace":
            children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
            return int(children[0]) if children else pid
        return pid

    def cpu_seconds(self):
        """CPU time of all threads so far, user and system, by the scheduler's clock."""
        total = 0
        for task in Path(f"/proc/{self.process.pid}/task").iterdir():
            with contextlib.suppress(FileNotFoundError):
                total += int((task / "schedstat").read_text().split()[0])
        return total / 1e9

    def resident_bytes(self):
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+) kB", status)[1]) * 1024


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def raise_descriptor_limit():
    """To the hard limit, for this process and the servers that it starts."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def pinned(core):
    return ("taskset", "--cpu-list", core)


# --- load ------------------------------------------------------------------


class Wrk:
    """The result of one bounded wrk run with one thread."""

    def __init__(self, port, path="/", seconds=3, connections=40, core=None, pipeline=1, header=None):
        command = [*(pinned(core) if core else ()), "wrk", "-t1", f"-c{connections}"]
        command += [f"-d{seconds}s", "--latency"]
        command += ["-H", header] if header else []
        if pipeline > 1:
            command += ["-s", str(BENCH / "pipeline.lua")]
        command += [f"http://127.0.0.1:{port}{path}"]
        command += ["--", str(pipeline)] if pipeline > 1 else []
        run = subprocess.run(command, capture_output=True, text=True, timeout=seconds + 30, check=True)
        self.text = run.stdout
        self.requests, self.seconds = int(self.find(r"(\d+) requests in")), seconds
        if problem := re.search(r"(Non-2xx.*|Socket errors: .*)", self.text):
            print(f"warning: {' '.join(command)}: {problem[1]}", file=sys.stderr)

    def find(self, pattern):
        return re.search(pattern, self.text)[1]

    @property
    def per_second(self):
        return float(self.find(r"Requests/sec:\s+([\d.]+)"))

    def latency_ms(self, percent):
        number, unit = re.search(rf"{percent}%\s+([\d.]+)(us|ms|s)\b", self.text).groups()
        return float(number) * {"us": 1e-3, "ms": 1, "s": 1e3}[unit]


# --- the command line and the output ----------------------------------------


def arguments(doc, peers=tuple(PEERS), **defaults):
    """Parses `--peers a,b` and one `--option` for every default; drops the
    peers that were not built, and says so."""
    parser = argparse.ArgumentParser(
        description=doc, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--peers", default=",".join(peers), help="default: %(default)s")
    for name, default in defaults.items():
        parser.add_argument(
            f"--{name}", default=default, type=type(default), help="default: %(default)s"
        )
    options = parser.parse_args()
    wanted = options.peers.split(",")
    if unknown := set(wanted) - set(PEERS):
        parser.error(f"unknown peers {sorted(unknown)}, expected some of {list(PEERS)}")
    options.peers = [name for name in wanted if PEERS[name].exists()]
    if skipped := [name for name in wanted if name not in options.peers]:
        print(f"Skipped, since not built: {', '.join(skipped)}.\n")
    return options


def interleaved(rounds, names):
    """Every peer once per round, so that a drift of the machine hits all alike."""
    for turn in range(rounds):
        print(f"round {turn + 1} of {rounds}", file=sys.stderr)
        yield from names


def median(values):
    return statistics.median(values) if values else float("nan")


def table(head, rows):
    """Prints a Markdown table; floats get three significant places or none."""
    print("|", " | ".join(head), "|")
    print("|", " | ".join("---" for _ in head), "|")
    for row in rows:
        print("|", " | ".join(cell(value) for value in row), "|")
    sys.stdout.flush()


def cell(value):
    if isinstance(value, float):
        return "-" if value != value else f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
    return f"{value:,}" if isinstance(value, int) else str(value)
