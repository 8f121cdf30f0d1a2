#!/bin/sh
# setup.sh talk|test|bench   install what is missing of that section (and of talk) from Debian
# setup.sh --check build     only name what is missing; exit 1 if anything is
cd "$(dirname "$0")/.." || exit 2
section=$1; check=
[ "$1" = --check ] && { check=1; section=talk; }
want=$(awk -v s="$section" '/^#/||/^$/{next} /^\[/{on=($0=="["s"]"||$0=="[talk]");next} on' packaging/packages.txt)
missing=
for p in $want; do
    case $p in *\?*) command -v "${p#*\?}" >/dev/null 2>&1 && continue; p=${p%%\?*} ;; esac      # package?command
    dpkg-query -W -f='${db:Status-Abbrev}' "$p" 2>/dev/null | grep -q '^ii' || missing="$missing $p"
done
[ -z "$missing" ] && exit 0
if [ -n "$check" ]; then
    if ! command -v dpkg-query >/dev/null 2>&1; then exit 0; fi      # not Debian: the compiler will tell
    echo "samantha needs:$missing" >&2
    echo "run 'make setup' to install them" >&2
    exit 1
fi
install="apt-get install -y --no-install-recommends$missing"
if [ "$(id -u)" != 0 ]; then
    if [ -t 0 ] && command -v sudo >/dev/null 2>&1; then
        echo "Samantha needs a few Debian packages:$missing" >&2
        exec sudo sh -c "apt-get update -qq; $install"
    fi
    echo "missing packages; as root run:" >&2
    echo "  $install" >&2
    exit 1
fi
echo "installing:$missing" >&2
export DEBIAN_FRONTEND=noninteractive
$install >/dev/null 2>&1 || { apt-get update -qq && $install >/dev/null; }
