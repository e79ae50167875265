#!/bin/sh
# Is the systemd unit right, and is it as locked up as it says?
#
# systemd's own words on each directive (nothing is started, nothing need be running), and the exposure
# that systemd-analyze computes. The binary need not be installed: a stand-in lies where the unit looks.
set -eu

unit=$(dirname "$0")/../../Deploy/opiniond.service
exposure_max=12 # tenths

if ! command -v systemd-analyze >/dev/null; then
    echo "SKIPPED: there is no systemd-analyze here (Debian: apt-get install systemd)"
    exit 0
fi

root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
mkdir -p "$root/usr/bin" "$root/bin" "$root/etc/systemd/system" "$root/usr/lib/systemd/system"
for name in usr/bin/opiniond bin/kill; do
    printf '#!/bin/sh\n' >"$root/$name"
    chmod 755 "$root/$name"
done
cp "$unit" "$root/etc/systemd/system/opiniond.service"
# What the unit names and every system has.
for target in network-online nss-lookup time-sync multi-user sysinit basic shutdown; do
    printf '[Unit]\nDescription=%s\n' "$target" >"$root/usr/lib/systemd/system/$target.target"
done

# Without --recursive-errors=no, verify ends with 0 on unknown directives and values.
if ! said=$(systemd-analyze --root="$root" --recursive-errors=no --man=no verify \
    opiniond.service 2>&1); then
    echo "FAILED: systemd-analyze verify: $said"
    exit 1
fi
if [ -n "$said" ]; then
    echo "FAILED: systemd-analyze verify has something to say: $said"
    exit 1
fi
if ! said=$(systemd-analyze security --offline=true --threshold=$exposure_max --no-pager \
    "$unit" 2>&1); then
    echo "FAILED: systemd-analyze security: exposure above $exposure_max tenths"
    echo "$said" | grep -v '^✓'
    exit 1
fi
# Of what changes resources only the priority of threads is allowed: it is named first, as an example.
if ! echo "$said" | grep -q '@resources is included (e.g. setpriority is allowed)'; then
    echo "FAILED: setpriority is not what is allowed of @resources: libdispatch complains of that"
    exit 1
fi
echo "OK: the unit is right; $(echo "$said" | tail -n 1)"
