#!/usr/bin/env python3
"""tiny_gguf.py OUT TEXT... - a GGUF v3 model of 300 KB that any llama.cpp loads: byte bigrams of the given texts.

A llama of one block whose block adds nothing (zero output and down projections); the embedding is one-hot, RMSNorm scales the
one-hot row by sqrt(d), and the output matrix holds log P(next byte | byte) / sqrt(d). It babbles in the letters of its texts:
enough to drive a real server end to end without anybody's weights. Standard library only."""
import struct, sys, math, collections

D, FF, HEADS, BLOCK = 288, 32, 4, 1
def gpt2_bytes():                      # the printable stand-ins byte-level BPE uses
    keep = list(range(33, 127)) + list(range(161, 173)) + list(range(174, 256))
    out, n = {}, 0
    for b in range(256):
        if b in keep: out[b] = chr(b)
        else: out[b] = chr(256 + n); n += 1
    return out
def s(x): b = x.encode(); return struct.pack('<Q', len(b)) + b
def kv(k, t, v):
    if t == 'str': return s(k) + struct.pack('<I', 8) + s(v)
    if t == 'u32': return s(k) + struct.pack('<II', 4, v)
    if t == 'f32': return s(k) + struct.pack('<If', 6, v)
    if t == 'bool': return s(k) + struct.pack('<IB', 7, v)
    if t == 'strs': return s(k) + struct.pack('<IIQ', 9, 8, len(v)) + b''.join(map(s, v))
    if t == 'i32s': return s(k) + struct.pack('<IIQ', 9, 5, len(v)) + struct.pack(f'<{len(v)}i', *v)

def main():
    out, texts = sys.argv[1], b' '.join(open(f, 'rb').read() for f in sys.argv[2:])
    m = gpt2_bytes()
    tokens = [m[b] for b in range(256)] + ['<bos>', '<eos>']
    V = len(tokens)
    after = [collections.Counter() for _ in range(256)]
    body = bytes(c for c in texts if 32 <= c < 127)
    for a, b in zip(body, body[1:]): after[a][b] += 1
    def logp(a, b):
        n = sum(after[a].values()) if a < 256 else 0
        if b == 257: return -4.0 if a == ord('.') else -12.0            # it may end after a full stop
        if b == 256: return -20.0
        return math.log((after[a][b] + 1e-4) / (n + 1e-4 * 256)) if n else (-3.0 if b in (84, 87, 73, 65) else -9.0)
    zero = lambda n: bytes(4 * n)
    one = lambda n: struct.pack(f'<{n}f', *([1.0] * n))
    embed = b''.join(struct.pack(f'<{D}f', *(1.0 if i == t else 0.0 for i in range(D))) for t in range(V))
    head = b''.join(struct.pack(f'<{D}f', *((logp(a, b) / math.sqrt(D)) if a < V else 0.0 for a in range(D))) for b in range(V))
    T = [('token_embd.weight', (D, V), embed), ('output_norm.weight', (D,), one(D)), ('output.weight', (D, V), head)]
    for i in range(BLOCK):
        b = f'blk.{i}.'
        T += [(b + 'attn_norm.weight', (D,), one(D)), (b + 'ffn_norm.weight', (D,), one(D))]
        T += [(b + f'attn_{x}.weight', (D, D), zero(D * D)) for x in ('q', 'k', 'v', 'output')]
        T += [(b + 'ffn_gate.weight', (D, FF), zero(D * FF)), (b + 'ffn_up.weight', (D, FF), zero(D * FF)), (b + 'ffn_down.weight', (FF, D), zero(D * FF))]
    meta = [kv('general.architecture', 'str', 'llama'), kv('general.name', 'str', 'bigram'), kv('general.alignment', 'u32', 32),
            kv('llama.context_length', 'u32', 8192), kv('llama.embedding_length', 'u32', D), kv('llama.block_count', 'u32', BLOCK),
            kv('llama.feed_forward_length', 'u32', FF), kv('llama.attention.head_count', 'u32', HEADS), kv('llama.attention.head_count_kv', 'u32', HEADS),
            kv('llama.rope.dimension_count', 'u32', D // HEADS), kv('llama.attention.layer_norm_rms_epsilon', 'f32', 1e-6), kv('llama.vocab_size', 'u32', V),
            kv('general.file_type', 'u32', 0), kv('tokenizer.ggml.model', 'str', 'gpt2'), kv('tokenizer.ggml.pre', 'str', 'gpt-2'),
            kv('tokenizer.ggml.tokens', 'strs', tokens), kv('tokenizer.ggml.token_type', 'i32s', [1] * 256 + [3, 3]),
            kv('tokenizer.ggml.merges', 'strs', []), kv('tokenizer.ggml.bos_token_id', 'u32', 256), kv('tokenizer.ggml.eos_token_id', 'u32', 257),
            kv('tokenizer.ggml.add_bos_token', 'bool', 1),
            kv('tokenizer.chat_template', 'str', "{% for m in messages %}{{ m.role }}: {{ m.content }}\n{% endfor %}assistant: ")]
    info, data = b'', b''
    for name, ne, raw in T:
        info += s(name) + struct.pack('<I', len(ne)) + struct.pack(f'<{len(ne)}Q', *ne) + struct.pack('<IQ', 0, len(data))
        data += raw + bytes(-len(raw) % 32)
    h = b'GGUF' + struct.pack('<IQQ', 3, len(T), len(meta)) + b''.join(meta) + info
    open(out, 'wb').write(h + bytes(-len(h) % 32) + data)

main()
