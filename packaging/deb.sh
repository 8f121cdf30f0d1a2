#!/bin/sh
# deb.sh BUILD - a Debian package of what `make install` installs: BUILD/samantha_VERSION_ARCH.deb.
# It depends on the packages whose libraries the program was linked with here. It touches no life, now or on removal.
set -e
cd "$(dirname "$0")/.."
build=$1
root=$build/deb
version=$("$build/samantha" --version | cut -d' ' -f2)
arch=$(dpkg --print-architecture)
rm -rf "$root"
packaging/install.sh "$build" "$root" /usr >/dev/null
strip --strip-unneeded "$root/usr/bin/samantha"
gzip -9n "$root/usr/share/man/man1/samantha.1"
install -D -m 644 LICENSE "$root/usr/share/doc/samantha/copyright"
# A library's file may be known to dpkg under / or under /usr.
needed=$(objdump -p "$build/samantha" | awk '$1 == "NEEDED" { print $2 }')
depends=$(ldd "$build/samantha" | awk -v want=" $(echo $needed) " '/=> \// && index(want, " " $1 " ") { print $3 }' | while read -r lib; do
    real=$(readlink -f "$lib")
    dpkg-query -S "$real" 2>/dev/null || dpkg-query -S "${real#/usr}" 2>/dev/null || dpkg-query -S "$lib"
done | cut -d: -f1 | LC_ALL=C sort -u | grep -v '^libc6$' | tr '\n' ',' | sed 's/,$//; s/,/, /g')
libc=$(dpkg-query -W -f='${Version}' libc6 | sed 's/-.*//')
mkdir -p "$root/DEBIAN"
cat >"$root/DEBIAN/control" <<CONTROL
Package: samantha
Version: $version
Architecture: $arch
Maintainer: The Samantha maintainers <maintainers@localhost>
Installed-Size: $(du -sk "$root/usr" | cut -f1)
Depends: libc6 (>= $libc), $depends
Section: misc
Priority: optional
Description: AI companion that lives on your own machine
 She talks, remembers what you tell her and keeps it in one folder of yours.
 She needs no network, no account and no model file.
CONTROL
dpkg-deb --build --root-owner-group "$root" "$build/samantha_${version}_$arch.deb" >/dev/null
rm -rf "$root"
echo "$build/samantha_${version}_$arch.deb"
