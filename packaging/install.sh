#!/bin/sh
# install.sh BUILD DESTDIR PREFIX          put the program, its man page and its completion where they belong
# install.sh --remove DESTDIR PREFIX       take them away again. A life is never touched by either.
set -e
cd "$(dirname "$0")/.."
remove=
if [ "$1" = --remove ]; then remove=1; else build=$1; fi
dest=$2 prefix=${3:-/usr}
put() { # MODE FROM TO
    if [ -n "$remove" ]; then rm -f "$dest$3"; else install -D -m "$1" "$2" "$dest$3"; fi
}
put 755 "$build/samantha" "$prefix/bin/samantha"
put 644 packaging/samantha.1 "$prefix/share/man/man1/samantha.1"
put 644 packaging/samantha.bash "$prefix/share/bash-completion/completions/samantha"
if [ -n "$remove" ]; then echo "removed; every life stays where it is"; else echo "installed: $dest$prefix/bin/samantha"; fi
