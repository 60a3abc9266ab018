// Small model files, written after the formats' own specifications.

/** A GGUF file of keys alone (ggml docs/gguf.md): numbers are u32, texts are texts. */
export function gguf(keys: Record<string, string | number>): Uint8Array<ArrayBuffer> {
  const parts = Object.entries(keys).flatMap(([key, value]) =>
    typeof value === 'number' ? [text(key), u32(4), u32(value)] : [text(key), u32(8), text(value)],
  );
  const magic = new TextEncoder().encode('GGUF');
  return join([magic, u32(3), u64(0), u64(Object.keys(keys).length), ...parts]);
}

/** A safetensors file whose data is zeros. */
export function safetensors(
  tensors: Record<string, { dtype: string; shape: number[] }>,
): Uint8Array<ArrayBuffer> {
  const bytes: Record<string, number> = { F32: 4, BF16: 2, F16: 2, U8: 1, I32: 4 };
  let at = 0;
  const entries = Object.entries(tensors).map(([name, { dtype, shape }]) => {
    const start = at;
    at += shape.reduce((product, size) => product * size, 1) * (bytes[dtype] ?? 1);
    return [name, { dtype, shape, data_offsets: [start, at] }];
  });
  const header = new TextEncoder().encode(JSON.stringify(Object.fromEntries(entries)));
  return join([u64(header.length), header, new Uint8Array(at)]);
}

function text(value: string): Uint8Array {
  const bytes = new TextEncoder().encode(value);
  return join([u64(bytes.length), bytes]);
}

function u32(value: number): Uint8Array {
  return new Uint8Array(Uint32Array.of(value).buffer);
}

function u64(value: number): Uint8Array {
  return new Uint8Array(BigUint64Array.of(BigInt(value)).buffer);
}

function join(parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Keys of a GGUF file: two layers of two heads with keys and values, 16 wide. */
export const SMALL_LLAMA = {
  'general.architecture': 'llama',
  'llama.block_count': 2,
  'llama.context_length': 8192,
  'llama.embedding_length': 64,
  'llama.feed_forward_length': 128,
  'llama.attention.head_count': 4,
  'llama.attention.head_count_kv': 2,
  'llama.vocab_size': 100,
};
