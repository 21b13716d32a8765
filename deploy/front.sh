#!/bin/sh
# Write nginx's configuration from its template, check it, and run it in the foreground.
# With an argument `check` it stops after the check.
#
#   REPLICAS, REPLICA_NAME  how many replicas, and what their names begin with; or
#   APPS                    their addresses, apart by spaces
#   LISTEN                  where to listen            (8080)
#   FILES                   what `entente pack` wrote  (/packed)
#   EDITION                 the static edition         (/edition)
#   RUN                     a folder to write to       (/run/front)
#   RATE, BURST             new sessions a second from one address, and at once (10, 200)
set -eu
here=$(cd "$(dirname "$0")" && pwd)
RUN=${RUN:-/run/front}
if [ -z "${APPS:-}" ]; then
    APPS=
    number=1
    while [ "$number" -le "${REPLICAS:-3}" ]; do
        APPS="$APPS ${REPLICA_NAME:-entente-app-}$number:8501"
        number=$((number + 1))
    done
fi
servers=
for app in $APPS; do
    servers="$servers server $app max_fails=1 fail_timeout=2s;"
done
mkdir -p "$RUN"
sed -e "s|@SERVERS@|$servers|" \
    -e "s|@LISTEN@|${LISTEN:-8080}|" \
    -e "s|@FILES@|${FILES:-/packed}|" \
    -e "s|@EDITION@|${EDITION:-/edition}|" \
    -e "s|@RATE@|${RATE:-10}|" \
    -e "s|@BURST@|${BURST:-200}|" \
    -e "s|@RUN@|$RUN|g" "$here/nginx.conf.template" > "$RUN/nginx.conf"
nginx -t -q -e "$RUN/error.log" -c "$RUN/nginx.conf"
[ "${1:-}" = check ] && exit 0
exec nginx -e stderr -c "$RUN/nginx.conf"
