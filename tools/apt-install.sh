#!/bin/sh
# apt-install.sh WHY PACKAGE...: install packages of Debian where we may, else say why and which.
set -eu
why=$1
shift
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq
    apt-get install -y -qq --no-install-recommends "$@" >/dev/null
else
    echo "$why: apt-get install $*" >&2
    exit 1
fi
