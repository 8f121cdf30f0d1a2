#!/bin/sh
# gates.sh - the charter's gates on prompts of our own (tests/conduct/prompts/), with the guard and without it.
make --no-print-directory -s BUILD="$(basename "$BUILD")" "$(basename "$BUILD")/tests/conduct/gates" >&2 || exit 2
exec "$BUILD/tests/conduct/gates" "$SAMANTHA" "$TMP" tests/conduct/prompts/*.jsonl
