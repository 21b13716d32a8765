#!/bin/sh
# The fault tests run Debian's nginx. Install it where it is missing and we may.
set -eu
if command -v nginx >/dev/null 2>&1 && ls /etc/nginx/modules-enabled/*brotli* >/dev/null 2>&1; then exit 0; fi
sh tools/apt-install.sh "The fault tests need nginx" nginx-light libnginx-mod-http-brotli-static
