#!/bin/sh
# What a target of the Makefile does, and how long it took the last time.
#   took.sh begin TARGET   says both, by the words after ## in the Makefile
#   took.sh end TARGET     says how long it took now, and keeps that for the next time
set -eu
kept=.cache/took
mkdir -p "$kept"
case $1 in
begin)
    about=$(sed -n "s/^$2:.*## *//p" Makefile)
    last=$(cat "$kept/$2" 2>/dev/null || true)
    echo "make $2: $about${last:+ (last time: $last s)}" >&2
    date +%s > "$kept/$2.began"
    ;;
end)
    seconds=$(($(date +%s) - $(cat "$kept/$2.began")))
    echo "$seconds" > "$kept/$2"
    echo "make $2: done in $seconds s" >&2
    ;;
esac
