#!/usr/bin/env python3
"""Compile times of the same application for tramline and for axum 0.8.

Writes both under bench/target/compile_time: 10 modules with 50 handlers each,
static paths, one and two parameters, text answers, the same bodies. Builds the
dependencies, then times, interleaved:

  check     everything but machine code, from nothing but the dependencies
  dev       `cargo build`, likewise
  release   `cargo build --release`, likewise
  body      `cargo check` after an edit in the body of one handler
  shift     `cargo check` after a line was added at the top of a module

Shown are medians; ratios are taken within a round. Wall time is what a person
waits; CPU time is what to look at where the machine has other work. Exits 1 if
a goal is missed.

With --count, `body` and `shift` are counted in instructions of the compiler
(valgrind), which hardly drift: to compare two states of tramline, not to be held
to the goals, which are times, with what cargo and starting a compiler take.
"""

import argparse
import os
import re
import resource
import shutil
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

BENCH = Path(__file__).resolve().parent
GOALS = {"check": 2.0, "dev": 0.8, "release": 0.5, "body": 2.0, "shift": 2.0}

MANIFEST = """[package]
name = "{name}"
version = "0.0.0"
edition = "2024"

[dependencies]
{dependencies}

[workspace]
"""
DEPENDENCIES = {
    "tramline": 'tramline = {{ path = "{core}" }}',
    "axum": 'axum = "0.8"\ntokio = {{ version = "1", features = ["rt-multi-thread", "macros", "net"] }}',
}

# Runs the compiler of the application under valgrind, and all else as it is.
COUNTER = """#!/bin/sh
case "$*" in
*"--crate-name compile_time_"*)
    exec valgrind --tool=callgrind --callgrind-out-file=/dev/null --log-file="$COUNTED" "$@" ;;
*)  exec "$@" ;;
esac
"""

# Method, path below the module's prefix, arguments by name and type, body.
RESOURCE = [
    ("GET", "/{r}", [], 'static "the list of {r}\\n"'),
    ("POST", "/{r}", [], 'static "one more of {r}\\n"'),
    ("GET", "/{r}/recent", [], 'static "the last of {r}\\n"'),
    ("GET", "/{r}/{{id}}", [("id", "u64")], 'format!("{r} {{id}}\\n")'),
    ("GET", "/{r}/{{id}}/notes/{{note}}", [("id", "u64"), ("note", "String")],
     'format!("note {{note}} of {r} {{id}}\\n")'),
]


def handlers(resources):
    """Name, method, path, arguments, return type and body of each handler."""
    for number in range(resources):
        resource_name = f"things{number}"
        for kind, (method, path, arguments, body) in enumerate(RESOURCE):
            body = body.format(r=resource_name)
            returned = "&'static str" if body.startswith("static ") else "String"
            yield (f"{resource_name}_{kind}", method, path.format(r=resource_name), arguments,
                   returned, body.removeprefix("static "))


def tramline_module(resources):
    source, names = ["use tramline::{route, routes};\n"], []
    for name, method, path, arguments, returned, body in handlers(resources):
        head = f'"{path}"' if method == "GET" else f'{method}, "{path}"'
        taken = ", ".join(f"{name}: {ty}" for name, ty in arguments)
        source.append(f"#[route({head})]\npub fn {name}({taken}) -> {returned} {{\n    {body}\n}}\n")
        names.append(f"    {name},\n")
    source.append(f"routes! {{\n    pub Routes:\n{''.join(names)}}}\n")
    return "\n".join(source)


def tramline_main(modules):
    mounts = "".join(f'    "/{module}" => {module}::Routes,\n' for module in modules)
    return (f"tramline::routes! {{\n    App:\n{mounts}}}\n\n"
            "fn main() -> tramline::Result {\n    tramline::run(App)\n}\n")


def axum_module(resources):
    source, routes = ["use axum::{Router, extract::Path, routing::{get, post}};\n"], []
    for name, method, path, arguments, returned, body in handlers(resources):
        names = ", ".join(name for name, _ in arguments)
        types = ", ".join(ty for _, ty in arguments)
        taken = {0: "", 1: f"Path({names}): Path<{types}>"}.get(
            len(arguments), f"Path(({names})): Path<({types})>")
        source.append(f"pub async fn {name}({taken}) -> {returned} {{\n    {body}\n}}\n")
        routes.append(f'        .route("{path}", {method.lower()}({name}))\n')
    source.append(f"pub fn router() -> Router {{\n    Router::new()\n{''.join(routes)}}}\n")
    return "\n".join(source)


def axum_main(modules):
    nested = "".join(f'        .nest("/{module}", {module}::router())\n' for module in modules)
    return (f"#[tokio::main]\nasync fn main() -> std::io::Result<()> {{\n    let app = axum::Router::new()\n{nested}        ;\n"
            '    let listener = tokio::net::TcpListener::bind("127.0.0.1:8080").await?;\n'
            "    axum::serve(listener, app).await\n}\n")


class App:
    """One of the two applications, and how to compile it."""

    def __init__(self, name, module, main, arguments):
        self.package = f"compile_time_{name}"
        self.root = Path(arguments.folder) / name
        self.environment = {**os.environ, "CARGO_TARGET_DIR": str(self.root / "target"),
                            "CARGO_TERM_COLOR": "never"}
        modules = [f"part{number}" for number in range(arguments.modules)]
        source = self.root / "src"
        shutil.rmtree(source, ignore_errors=True)
        source.mkdir(parents=True)
        dependencies = DEPENDENCIES[name].format(core=arguments.core)
        (self.root / "Cargo.toml").write_text(MANIFEST.format(name=self.package, dependencies=dependencies))
        (self.root / "rust-toolchain.toml").write_text((BENCH.parent / "rust-toolchain.toml").read_text())
        for part in modules:
            (source / f"{part}.rs").write_text(module(arguments.resources))
        declared = "".join(f"mod {part};\n" for part in modules)
        (source / "main.rs").write_text(f"{declared}\n{main(modules)}")
        self.edited = source / f"{modules[len(modules) // 2]}.rs"
        self.edits = 0

    def cargo(self, *words):
        subprocess.run(["cargo", *words], cwd=self.root, env=self.environment, check=True,
                       stdout=subprocess.DEVNULL, stderr=None if words[0] == "fetch" else subprocess.PIPE)

    def timed(self, *words):
        """Seconds of wall and of CPU."""
        cpu, wall = spent(), time.monotonic()
        self.cargo(*words)
        return time.monotonic() - wall, spent() - cpu

    def counted(self):
        """Millions of instructions of the compiler in `cargo check`."""
        counter, log = self.root / "counter.sh", self.root / "counted"
        counter.write_text(COUNTER)
        counter.chmod(0o755)
        environment = self.environment
        self.environment = {**environment, "RUSTC_WRAPPER": str(counter), "COUNTED": str(log)}
        self.cargo("check")
        self.environment = environment
        return int(re.search(r"Collected : (\d+)", log.read_text())[1]) / 1e6

    def prepare(self, kinds):
        for words in {"check": ["check"], "dev": ["build"], "release": ["build", "--release"]}.items():
            if words[0] in kinds or words[0] == "check":
                self.cargo(*words[1])

    def run(self, kind, count=False):
        if kind == "release":
            self.cargo("clean", "--release", "-p", self.package)
            return self.timed("build", "--release")
        if kind in ("check", "dev"):
            self.cargo("clean", "-p", self.package)
            return self.timed("check" if kind == "check" else "build")
        # Up to date first: only the edit is to be looked at.
        self.cargo("check")
        self.edits += 1
        text = self.edited.read_text()
        if kind == "shift":
            text = f"// Edit {self.edits}.\n{text}"
        else:
            text, found = re.subn(r'format!\("(edit \d+ )?', f'format!("edit {self.edits} ', text, count=1)
            assert found == 1, "a body to edit"
        self.edited.write_text(text)
        return self.counted() if count else self.timed("check")


def spent():
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--modules", type=int, default=10)
    parser.add_argument("--resources", type=int, default=10, help="per module, of five handlers each")
    parser.add_argument("--kinds", default=",".join(GOALS), help="which of them to time")
    parser.add_argument("--count", action="store_true", help="instructions in place of time, of `body` and `shift`")
    parser.add_argument("--core", default=str(BENCH.parent / "core"), help="the tramline to use")
    parser.add_argument("--folder", default=str(BENCH / "target" / "compile_time"))
    arguments = parser.parse_args()
    kinds = arguments.kinds.split(",")
    if arguments.count:
        kinds = [kind for kind in kinds if kind in ("body", "shift")]

    apps = {"tramline": App("tramline", tramline_module, tramline_main, arguments),
            "axum": App("axum", axum_module, axum_main, arguments)}
    try:
        for app in apps.values():
            app.prepare(kinds)
        times = {(kind, name): [] for kind in kinds for name in apps}
        for number in range(arguments.rounds):
            for kind in kinds:
                for name, app in apps.items():
                    times[kind, name].append(app.run(kind, arguments.count))
                print(f"round {number + 1}: {kind}", file=sys.stderr)
    except subprocess.CalledProcessError as error:
        sys.exit(f"{' '.join(error.cmd)} failed:\n{(error.stderr or b'').decode()}")

    handlers_of = f"{arguments.modules * arguments.resources * len(RESOURCE)} handlers in {arguments.modules} modules"
    if arguments.count:
        print(f"{handlers_of}, millions of instructions of rustc, medians of {arguments.rounds}\n")
        print("| what | tramline | axum | ratio |\n|---|---|---|---|")
        for kind in kinds:
            ours, theirs = (median(times[kind, name]) for name in apps)
            print(f"| {kind} | {ours:.0f} | {theirs:.0f} | {ours / theirs:.2f} |")
        return
    print(f"{handlers_of}, medians of {arguments.rounds}, seconds of wall time (of CPU time)\n")
    print("| what | tramline | axum | ratio | ratio of CPU | goal | |\n|---|---|---|---|---|---|---|")
    missed = False
    for kind in kinds:
        ours, theirs = times[kind, "tramline"], times[kind, "axum"]
        wall, cpu = (median(a[clock] / b[clock] for a, b in zip(ours, theirs)) for clock in (0, 1))
        row = " | ".join(f"{median(t[0] for t in ts):.2f} ({median(t[1] for t in ts):.2f})" for ts in (ours, theirs))
        met = wall <= GOALS[kind]
        missed |= not met
        print(f"| {kind} | {row} | {wall:.2f} | {cpu:.2f} | <= {GOALS[kind]} | {'met' if met else 'MISSED'} |")
    sys.exit(missed)


if __name__ == "__main__":
    main()
