#!/bin/sh
# The benchmarks run Debian's nginx and load it with wrk. Install them where they are missing and we may.
set -eu
sh tests/faults/install-nginx.sh
if command -v wrk >/dev/null 2>&1; then exit 0; fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq
    apt-get install -y -qq --no-install-recommends wrk >/dev/null
else
    echo "The benchmarks need wrk: apt-get install wrk" >&2
    exit 1
fi
