#!/usr/bin/env python3
"""User-space instructions per look-up, counted by callgrind: `App::find` and
`Table::find` beside matchit 0.9 (one router per method), on 5, 50 and 500 routes,
GitHub's API, and the 500 as ten sets that are mounted. All three must first give the
same answers, captures too, for every route and many paths close to one.

How to read it: the mean over one request per route, without the loop around it;
making room for captures counts. The ratios are to matchit. Misses are paths close
to a route: one segment more, a slash more, one byte more or less, half of it.
"""

import os
import re
import subprocess
import tempfile
from pathlib import Path

from harness import table

BINARY = os.environ.get("DISPATCH_BIN", Path(__file__).parent / "target/release/dispatch")
SETS = ("5", "50", "github", "500", "mounted")
KINDS = ("static", "parameters", "misses")
ROUNDS = 20


def main():
    for name in SETS:
        subprocess.run([BINARY, name], check=True)
    rows = []
    for kind in KINDS:
        for name in SETS:
            loop, app, tried, matchit = (
                per_look_up(name, kind, subject)
                for subject in ("nothing", "App", "Table", "matchit")
            )
            app, tried, matchit = app - loop, tried - loop, matchit - loop
            ratios = (f"{count / matchit:.2f}" for count in (app, tried))
            rows.append([kind, name, *(f"{count:.0f}" for count in (app, tried, matchit)), *ratios])
    table(["requests", "routes", "App", "Table", "matchit", "App, ratio", "Table, ratio"], rows)


def per_look_up(name, kind, subject):
    requests = int(subprocess.check_output([BINARY, name, kind]))
    few, many = (instructions(name, kind, subject, rounds) for rounds in (ROUNDS, 3 * ROUNDS))
    return (many - few) / (2 * ROUNDS * requests)


def instructions(*arguments):
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "callgrind.out"
        command = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={out}", BINARY]
        command += map(str, arguments)
        subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
        return int(re.search(r"^(?:totals|summary): (\d+)", out.read_text(), re.MULTILINE)[1])


if __name__ == "__main__":
    main()
