#!/bin/sh
# The browser tests drive Debian's Chromium. Install it where it is missing and we may.
set -eu
command -v chromium >/dev/null 2>&1 ||
    sh tools/apt-install.sh "The browser tests need Chromium" chromium
