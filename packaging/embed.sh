#!/bin/sh
# embed.sh MODEL FILE... - assembler that puts the shipped files into the program (src/base/embed.h), sorted by name.
model=$1; shift
{ for f in "$@"; do echo "$f $f"; done; echo "sense.model $model"; } | LC_ALL=C sort | awk '
BEGIN { print ".section .rodata" }
{ n++; name[n] = $1
  printf ".balign 16\n.Lfrom%d:\n.incbin \"%s\"\n.Lto%d:\n.byte 0\n.Lname%d: .asciz \"%s\"\n", n, $2, n, n, $1 }
END {
  print ".section .data.rel.ro,\"aw\"\n.balign 8\n.globl embed_files\nembed_files:"
  for (i = 1; i <= n; i++) printf ".quad .Lname%d, .Lfrom%d, .Lto%d\n", i, i, i
  print ".quad 0, 0, 0\n.section .note.GNU-stack,\"\",%progbits" }'
