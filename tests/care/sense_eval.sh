#!/bin/sh
# sense_eval.sh - the examination of the senses: macro-F1 on batches left out by turns and on one never taught.
make --no-print-directory -s BUILD="$(basename "$BUILD")" "$(basename "$BUILD")/tests/care/sense_eval" >&2 || exit 2
exec "$BUILD/tests/care/sense_eval"
