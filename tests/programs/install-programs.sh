#!/bin/sh
# Programs of others that open what we export. Install what is missing, where we may.
set -eu
missing=
need() { command -v "$1" >/dev/null 2>&1 || missing="$missing $2"; }
need soffice libreoffice-impress
need pdfinfo poppler-utils
need ogrinfo gdal-bin
need firefox-esr firefox-esr
[ -n "$missing" ] || exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq
    apt-get install -y -qq --no-install-recommends $missing fonts-crosextra-carlito >/dev/null
else
    echo "These tests need other programs: apt-get install$missing" >&2
    exit 1
fi
