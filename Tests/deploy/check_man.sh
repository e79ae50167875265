#!/bin/sh
# Are the manual pages such as groff, man and whatis read them without a word of complaint?
#
# What the pages say is held against the sources by the Swift tests (ManualTests).
set -eu

pages=$(cd "$(dirname "$0")/../../Deploy/man" && pwd)

if ! command -v groff >/dev/null; then
    echo "SKIPPED: there is no groff here (Debian: apt-get install groff-base)"
    exit 0
fi

# Everything groff has to say: it ends with 0 whatever it is.
warnings() { groff -man -Tutf8 -ww -z "$1" 2>&1; }

# Were the warnings lost on the way, all pages would seem right.
bad=$(mktemp)
trap 'rm -f "$bad"' EXIT
printf '.TH BAD 8\n.SH NAME\nbad \\- bad\n.NOSUCHMACRO\n' >"$bad"
if [ -z "$(warnings "$bad")" ]; then
    echo "FAILED: groff says nothing about a page that is wrong"
    exit 1
fi

for name in opiniond.8 opinionctl.8; do
    page=$pages/$name
    [ -r "$page" ] || { echo "FAILED: there is no $page"; exit 1; }
    said=$(warnings "$page") || true
    if [ -n "$said" ]; then
        echo "FAILED: groff has something to say: $said"
        exit 1
    fi
    # As people read it, on a narrow screen too.
    if command -v man >/dev/null; then
        for width in 60 80 120; do
            said=$(MANWIDTH=$width man --warnings -E UTF-8 -l -Tutf8 -Z "$page" 2>&1 >/dev/null) || true
            if [ -n "$said" ]; then
                echo "FAILED: man at width $width has something to say: $said"
                exit 1
            fi
        done
    fi
    # The line by which whatis and apropos find it.
    if command -v lexgrog >/dev/null && ! said=$(lexgrog "$page" 2>&1); then
        echo "FAILED: whatis can't find it: $said"
        exit 1
    fi
done
echo "OK: the manual pages are right"
