// Headers as real models have them, made up: the bytes are the same on every machine.

/** The share of lengths that tokens of Llama 3 have, from one byte on; the mean is 6.8. */
const TOKEN_LENGTHS = [2, 6, 11, 13, 13, 12, 11, 9, 7, 5, 4, 3, 2, 1, 1];

/** Merges of Llama 3: 280,147. */
const MERGES = 280_000;

/** The tensors of a model with 32 layers. */
const TENSORS = 291;

/** Bytes of one: 4096 x 4096 as Q4_K. */
const TENSOR_BYTES = 9_437_184;

/** A GGUF header with a byte-pair vocabulary, as llama.cpp's converter writes it (ggml docs/gguf.md). */
export function ggufHeader(tokens: number): Uint8Array<ArrayBuffer> {
  const out = new Writer();
  out.raw('GGUF').u32(3).u64(TENSORS).u64(12);
  out.text('general.architecture').u32(8).text('llama');
  out.text('general.file_type').u32(4).u32(15);
  for (const name of ['block_count', 'context_length', 'embedding_length', 'vocab_size']) {
    out.text(`llama.${name}`).u32(4).u32(32);
  }
  const words = vocabulary(tokens);
  out.text('tokenizer.ggml.model').u32(8).text('gpt2');
  out.list('tokenizer.ggml.tokens', 8, tokens, (at) => out.text(words[at] ?? ''));
  out.list('tokenizer.ggml.scores', 6, tokens, (at) => out.f32(-at));
  out.list('tokenizer.ggml.token_type', 5, tokens, () => out.u32(1));
  out.list('tokenizer.ggml.merges', 8, MERGES, (at) =>
    out.text(`${words[(at * 7) % tokens]} ${words[(at * 13) % tokens]}`),
  );
  out.text('tokenizer.chat_template').u32(8).text('{{ messages }}'.repeat(300));
  for (let at = 0; at < TENSORS; at += 1) {
    out
      .text(`blk.${at >> 3}.attn_output_${at}.weight`)
      .u32(2)
      .u64(4096)
      .u64(4096)
      .u32(12);
    out.u64(at * TENSOR_BYTES);
  }
  return out.bytes();
}

/** Bytes of data that such a file would have. */
export function ggufData(): number {
  return TENSORS * TENSOR_BYTES;
}

/** A safetensors header of a mixture of experts; its data are not there. */
export function safetensorsHeader(tensors: number): Uint8Array<ArrayBuffer> {
  const size = 7168 * 2048 * 2;
  const entries = Array.from({ length: tensors }, (_, at) => [
    `model.layers.${Math.floor(at / 384)}.mlp.experts.${at % 384}.down_proj.weight`,
    { dtype: 'BF16', shape: [7168, 2048], data_offsets: [at * size, (at + 1) * size] },
  ]);
  const json = JSON.stringify(Object.fromEntries(entries));
  return new Writer().u64(json.length).raw(json).bytes();
}

/** Bytes of data that such a file would have. */
export function safetensorsData(tensors: number): number {
  return tensors * 7168 * 2048 * 2;
}

function vocabulary(tokens: number): string[] {
  const random = numbers();
  const lengths = TOKEN_LENGTHS.flatMap((share, at) => new Array<number>(share).fill(at + 1));
  const letter = () => String.fromCharCode(97 + (random() % 26));
  return Array.from({ length: tokens }, () =>
    Array.from({ length: lengths[random() % lengths.length] ?? 1 }, letter).join(''),
  );
}

/** Numbers that look random and are the same in every run: a linear congruential generator. */
function numbers(): () => number {
  let state = 42;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state >>> 8;
  };
}

class Writer {
  #buffer = new Uint8Array(1 << 20);
  #at = 0;

  #room(bytes: number): DataView {
    if (this.#at + bytes > this.#buffer.length) {
      const larger = new Uint8Array((this.#buffer.length + bytes) * 2);
      larger.set(this.#buffer);
      this.#buffer = larger;
    }
    const view = new DataView(this.#buffer.buffer, this.#at, bytes);
    this.#at += bytes;
    return view;
  }

  u32(value: number): this {
    this.#room(4).setUint32(0, value, true);
    return this;
  }

  f32(value: number): this {
    this.#room(4).setFloat32(0, value, true);
    return this;
  }

  u64(value: number): this {
    this.#room(8).setBigUint64(0, BigInt(value), true);
    return this;
  }

  /** Letters of ASCII. */
  raw(text: string): this {
    const at = this.#at;
    this.#room(text.length);
    new TextEncoder().encodeInto(text, this.#buffer.subarray(at));
    return this;
  }

  text(text: string): this {
    return this.u64(text.length).raw(text);
  }

  list(key: string, type: number, length: number, element: (at: number) => void): void {
    this.text(key).u32(9).u32(type).u64(length);
    for (let at = 0; at < length; at += 1) element(at);
  }

  bytes(): Uint8Array<ArrayBuffer> {
    return this.#buffer.slice(0, this.#at);
  }
}
