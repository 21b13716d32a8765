#!/bin/sh
# The deck is converted by LibreOffice and counted by poppler. Install them where they are missing
# and we may.
set -eu
if command -v soffice >/dev/null 2>&1 && command -v pdfinfo >/dev/null 2>&1; then exit 0; fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq
    apt-get install -y -qq --no-install-recommends \
        libreoffice-impress poppler-utils fonts-crosextra-carlito >/dev/null
else
    echo "These tests need LibreOffice: apt-get install libreoffice-impress poppler-utils" >&2
    exit 1
fi
