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
sh tools/apt-install.sh "These tests need other programs" $missing fonts-crosextra-carlito
