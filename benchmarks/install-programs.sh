#!/bin/sh
# The benchmarks run Debian's nginx and load it with wrk. Install them where they are missing and we may.
set -eu
sh tests/faults/install-nginx.sh
command -v wrk >/dev/null 2>&1 || sh tools/apt-install.sh "The benchmarks need wrk" wrk
