// The header of a measured model as a GGUF file: its keys, shapes and types; the vocabulary has empty words, the
// weights are not there. Layout after ggml docs/gguf.md.

const TYPES = { F32: 0, F16: 1, Q4_0: 2, Q4_1: 3, Q5_0: 6, Q5_1: 7, Q8_0: 8, Q2_K: 10, Q3_K: 11 };
Object.assign(TYPES, { Q4_K: 12, Q5_K: 13, Q6_K: 14, Q8_K: 15, IQ2_XXS: 16, IQ2_XS: 17 });
Object.assign(TYPES, { IQ3_XXS: 18, IQ1_S: 19, IQ4_NL: 20, IQ3_S: 21, IQ2_S: 22, IQ4_XS: 23 });
Object.assign(TYPES, {
  I8: 24,
  I16: 25,
  I32: 26,
  I64: 27,
  F64: 28,
  IQ1_M: 29,
  BF16: 30,
  MXFP4: 39,
});

/** Elements of a block and its bytes. */
const BLOCKS = {
  F32: [1, 4],
  F16: [1, 2],
  BF16: [1, 2],
  I32: [1, 4],
  Q4_0: [32, 18],
  Q4_1: [32, 20],
};
Object.assign(BLOCKS, { Q5_0: [32, 22], Q5_1: [32, 24], Q8_0: [32, 34], IQ4_NL: [32, 18] });
Object.assign(BLOCKS, { MXFP4: [32, 17], Q2_K: [256, 84], Q3_K: [256, 110], Q4_K: [256, 144] });
Object.assign(BLOCKS, {
  Q5_K: [256, 176],
  Q6_K: [256, 210],
  IQ4_XS: [256, 136],
  IQ3_S: [256, 110],
});
Object.assign(BLOCKS, {
  IQ2_XXS: [256, 66],
  IQ2_XS: [256, 74],
  IQ3_XXS: [256, 98],
  IQ2_S: [256, 82],
});

/** The bytes of the header. */
export function header({ hyperparameters, vocab, tensors: { groups } }) {
  const keys = Object.entries(hyperparameters).map(([key, value]) => [text(key), keyValue(value)]);
  if (vocab.kind !== 'none') {
    keys.push([text('tokenizer.ggml.tokens'), list(8, Array(vocab.size).fill(text('')))]);
  }
  const tensors = placed(groups);
  const counts = [u64(tensors.length), u64(keys.length)];
  const infos = tensors.map(({ name, ne, type, offset }) => [
    text(name),
    u32(ne.length),
    ...ne.map(u64),
    u32(TYPES[type]),
    u64(offset),
  ]);
  return Buffer.concat([Buffer.from('GGUF'), u32(3), ...counts, ...keys.flat(), ...infos.flat()]);
}

/** The tensors in the order of layers, each behind the other. */
function placed(groups) {
  const all = groups.flatMap(({ name, ne, types }) =>
    Object.entries(types).flatMap(([kind, layers]) => {
      const type = kind.toUpperCase();
      if (layers === null) return [{ name, ne, type, layer: -1 }];
      return numbers(layers).map((layer) => ({ name: name.replace('%d', layer), ne, type, layer }));
    }),
  );
  all.sort((one, other) => one.layer - other.layer || (one.name < other.name ? -1 : 1));
  let offset = 0;
  return all.map((tensor) => {
    const here = offset;
    const [elements, bytes] = BLOCKS[tensor.type];
    const count = tensor.ne.reduce((product, size) => product * size, 1);
    offset += Math.ceil(((count / elements) * bytes) / 32) * 32;
    return { ...tensor, offset: here };
  });
}

/** `0-2,5` is 0, 1, 2, 5. */
function numbers(layers) {
  return layers.split(',').flatMap((part) => {
    const [first, last = first] = part.split('-').map(Number);
    return Array.from({ length: last - first + 1 }, (_, at) => first + at);
  });
}

function keyValue(value) {
  if (typeof value === 'boolean') return Buffer.concat([u32(7), Buffer.of(value ? 1 : 0)]);
  if (typeof value === 'string') return Buffer.concat([u32(8), text(value)]);
  if (typeof value === 'number') {
    return Number.isInteger(value)
      ? Buffer.concat([u32(4), u32(value)])
      : Buffer.concat([u32(6), f32(value)]);
  }
  if (value.every((one) => typeof one === 'boolean')) {
    return list(
      7,
      value.map((one) => Buffer.of(one ? 1 : 0)),
    );
  }
  if (value.every(Number.isInteger)) return list(5, value.map(i32));
  if (value.every((one) => typeof one === 'number')) return list(6, value.map(f32));
  return list(8, value.map(text));
}

function list(type, items) {
  return Buffer.concat([u32(9), u32(type), u64(items.length), ...items]);
}

function text(value) {
  const bytes = Buffer.from(value);
  return Buffer.concat([u64(bytes.length), bytes]);
}

const u32 = (value) => Buffer.from(Uint32Array.of(value).buffer);
const i32 = (value) => Buffer.from(Int32Array.of(value).buffer);
const f32 = (value) => Buffer.from(Float32Array.of(value).buffer);
const u64 = (value) => Buffer.from(BigUint64Array.of(BigInt(value)).buffer);
