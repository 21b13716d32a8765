#!/bin/sh
# The fault tests run Debian's nginx. Install it where it is missing and we may.
set -eu
if command -v nginx >/dev/null 2>&1 && ls /etc/nginx/modules-enabled/*brotli* >/dev/null 2>&1; then exit 0; fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq
    apt-get install -y -qq --no-install-recommends nginx-light libnginx-mod-http-brotli-static >/dev/null
else
    echo "The fault tests need nginx: apt-get install nginx-light libnginx-mod-http-brotli-static" >&2
    exit 1
fi
