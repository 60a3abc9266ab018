// Headers read over every kind of source: the facts, and what they cost.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { HubfitError, type InspectProgress, inspectFile, inspectModel } from '../../ts/index.ts';
import { type LocalHub, startHub } from '../hub/hub.ts';
import { gguf, safetensors } from './model-files.ts';

const GGUF = gguf({
  'general.architecture': 'llama',
  'general.file_type': 15,
  'llama.context_length': 8192,
  'tokenizer.chat_template': '{% for m in messages %}{{ m.content }}{% endfor %}{{ tools }}',
});
const SAFETENSORS = safetensors({ 'a.weight': { dtype: 'BF16', shape: [4, 8] } });

/** GPTQ, 4 bits in words of eight: 8 rows of 16 words hold 64 x 16 weights. */
const PACKED = {
  model_type: 'llama',
  architectures: ['LlamaForCausalLM'],
  num_hidden_layers: 2,
  hidden_size: 64,
  num_attention_heads: 8,
  num_key_value_heads: 2,
  intermediate_size: 128,
  vocab_size: 1000,
  max_position_embeddings: 4096,
  quantization_config: { quant_method: 'gptq', bits: 4, group_size: 64 },
};

/** A pickle that would call `os.system('x')`. */
const DANGEROUS = Uint8Array.from('\x80\x02cos\nsystem\nX\x01\0\0\0x\x85R.', (c) =>
  c.charCodeAt(0),
);

/** A model of one empty graph. */
const ONNX = Uint8Array.of(8, 10, 58, 0);
const GENAI = {
  model: { type: 'phi3', context_length: 4096, decoder: { filename: 'model.onnx' } },
  search: { max_length: 2048 },
};

let hub: LocalHub;

beforeAll(async () => {
  hub = await startHub({
    extraRepos: [
      { id: 'test/gguf', files: { 'model-Q4_K_M.gguf': GGUF, 'README.md': 'x' } },
      {
        id: 'test/plain',
        files: {
          'model.safetensors': SAFETENSORS,
          'config.json': '{"model_type":"llama","max_position_embeddings":4096}',
        },
      },
      {
        id: 'test/packed-27B',
        files: {
          'model-00001-of-00002.safetensors': safetensors({
            'a.qweight': { dtype: 'I32', shape: [8, 16] },
            'a.scales': { dtype: 'F16', shape: [1, 16] },
            'a.qzeros': { dtype: 'I32', shape: [1, 2] },
          }),
          'model-00002-of-00002.safetensors': safetensors({
            'b.weight': { dtype: 'BF16', shape: [4, 8] },
          }),
          'model.safetensors.index.json': '{"metadata":{},"weight_map":{}}',
          'config.json': JSON.stringify(PACKED),
          'generation_config.json': '{"temperature":0.6,"do_sample":true}',
          'chat_template.jinja': '{% for m in messages %}{{ m }}{% endfor %}{{ tools }}',
        },
      },
      {
        id: 'test/differs',
        files: {
          'model-Q8_0.gguf': GGUF,
          'mmproj-F16.gguf': GGUF,
          'config.json': '{"model_type":"llama","max_position_embeddings":4096}',
        },
      },
      {
        id: 'test/onnx',
        files: {
          'onnx/model.onnx': ONNX,
          'onnx/model_q4f16.onnx': ONNX,
          'onnx/model_q4f16.onnx_data_1': new Uint8Array(7),
          'config.json': '{"model_type":"phi3"}',
          'cuda/fp16/genai_config.json': JSON.stringify(GENAI),
          'cuda/fp16/model.onnx': ONNX,
        },
      },
      { id: 'test/pickle', files: { 'pytorch_model.bin': DANGEROUS } },
      {
        id: 'test/broken',
        files: { 'model.gguf': 'GGUF but not really', 'config.json': Uint8Array.of(123) },
      },
    ],
  });
});
afterAll(() => hub.stop());
beforeEach(() => {
  hub.requests.length = 0;
});

const at = (): { hubUrl: string } => ({ hubUrl: hub.url });

describe('a file', () => {
  test.each([
    ['bytes', () => GGUF],
    ['a blob', () => new Blob([GGUF])],
    ['a URL', () => `${hub.url}/test/gguf/resolve/main/model-Q4_K_M.gguf`],
  ])('from %s', async (_, open) => {
    const facts = await inspectFile(open());
    expect(facts).toMatchObject({
      format: 'gguf',
      kind: 'model',
      architecture: 'llama',
      contextLength: 8192,
      declaredQuantization: 'Q4_K_M',
      chatTemplates: [{ name: null, uses: ['tools'] }],
      problems: [],
    });
    expect(facts.keys).toContainEqual({ key: 'llama.context_length', value: 8192 });
  });

  test('safetensors', async () => {
    const facts = await inspectFile(SAFETENSORS);
    expect(facts).toMatchObject({ format: 'safetensors', tensorCount: 1, elementCount: 32 });
    expect(facts.types).toEqual([{ name: 'BF16', tensors: 1, elements: 32, bytes: 64 }]);
  });

  test('costs one request, and tells of it', async () => {
    const seen: unknown[] = [];
    const url = `${hub.url}/test/gguf/resolve/main/model-Q4_K_M.gguf`;
    await inspectFile(url, { onProgress: (progress) => seen.push(progress) });
    expect(seen).toEqual([{ reads: 1, bytes: GGUF.length }]);
  });

  test.each([
    ['nothing', new Uint8Array()],
    ['text', new TextEncoder().encode('hello, I am no model')],
    ['a cut header', GGUF.slice(0, 40)],
    ['a length of 2^63', Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 128, 123)],
  ])('that is none: %s', async (_, bytes) => {
    const error = await inspectFile(bytes).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(HubfitError);
    expect((error as HubfitError).code).toMatch(/invalid_file|limit_exceeded/);
  });

  test.each([5, null, 'model.gguf', {}])('that is no file: %j', async (file) => {
    const error = await inspectFile(file as never).catch((reason: unknown) => reason);
    expect((error as HubfitError).code).toBe('invalid_argument');
  });
});

describe('a model', () => {
  test('states its context length by its config', async () => {
    const { metadata, files } = await inspectModel('test/plain', at());
    expect(metadata.maxContextLength).toBe(4096);
    expect(metadata.evidence.maxContextLength.grade).toBe('stated');
    expect(files.map(({ path }) => path)).toEqual(['model.safetensors']);
  });

  test('states what it is by its header', async () => {
    const { metadata, evidence, files } = await inspectModel('test/gguf', at());
    expect(metadata).toMatchObject({ architecture: 'llama', maxContextLength: 8192 });
    expect(evidence.files?.[0]?.architecture).toBe('llama');
    expect(files.map(({ path }) => path)).toEqual(['model-Q4_K_M.gguf']);
  });

  test('a broken config leaves what the listing says; a broken file is an error', async () => {
    const error = await inspectModel('test/broken', at()).catch((reason: unknown) => reason);
    expect((error as HubfitError).code).toBe('invalid_file');
  });

  test('in shards is counted whole, what is packed as what it stands for', async () => {
    const found = await inspectModel('test/packed-27B', at());
    expect(found.files.map(({ path }) => path)).toEqual([
      'model-00001-of-00002.safetensors',
      'model-00002-of-00002.safetensors',
    ]);
    expect(found.metadata.parameterCount).toBe(64 * 16 + 4 * 8);
    expect(found.metadata.evidence.parameters).toMatchObject({ source: 'files', grade: 'stated' });
    // The verdict holds them against what a browser binds: 8 × 16 of 4 bytes, 4 × 8 of 2.
    expect(found.evidence.files?.map(({ largestTensor }) => largestTensor)).toEqual([512, 64]);
    expect(found.configs).toMatchObject({
      quantization: { method: 'gptq', bits: 4, groupSize: 64 },
      generation: { temperature: 0.6 },
      chatTemplates: [{ name: null, uses: ['tools'] }],
    });
    expect(found.geometry).toMatchObject({ architecture: 'llama', embeddingLength: 64 });
    expect(found.geometry?.layers).toHaveLength(2);
    expect(found.variants).toMatchObject([
      { format: 'safetensors', quantization: 'gptq-4bit', shards: 2, complete: true },
    ]);
  });

  test('of whose shards the first is read, where that is asked for', async () => {
    const options = { ...at(), shards: 'first' as const };
    const { files, metadata } = await inspectModel('test/packed-27B', options);
    expect(files).toHaveLength(1);
    expect(metadata.evidence.parameters.source).toBe('id');
  });

  test('tells how it goes', async () => {
    const seen: number[] = [];
    const onProgress = ({ done, total }: InspectProgress): number => seen.push(done / total);
    await inspectModel('test/packed-27B', { ...at(), onProgress });
    expect(seen.at(-1)).toBe(1);
    expect(seen).toEqual(seen.toSorted((one, other) => one - other));
  });

  test('whose sources differ', async () => {
    const { metadata, sidecars, variants } = await inspectModel('test/differs', at());
    expect(metadata.findings.map(({ message }) => message)).toEqual([
      'config.max_position_embeddings says 4096 tokens, gguf.context_length 8192',
    ]);
    expect(variants.map(({ quantization }) => quantization)).toEqual(['Q8_0']);
    expect(sidecars).toMatchObject([{ kind: 'projector', variants: ['model-Q8_0.gguf'] }]);
  });

  test.each([0, 1.5, Number.NaN])('not with %s requests at a time', async (concurrency) => {
    const error = await inspectModel('test/plain', { ...at(), concurrency }).catch((e) => e);
    expect((error as HubfitError).code).toBe('invalid_argument');
  });

  test('that is aborted half-way', async () => {
    const abort = new AbortController();
    const options = { ...at(), signal: abort.signal, onProgress: () => abort.abort() };
    const error = await inspectModel('test/packed-27B', options).catch((e) => e);
    expect((error as HubfitError).code).toBe('aborted');
  });

  test('that is exported for transformers.js and for onnxruntime-genai', async () => {
    const { configs, transformersJs } = await inspectModel('test/onnx', at());
    expect(transformersJs).toMatchObject({
      needed: ['model'],
      dtypes: [
        { dtype: 'fp32', sizeBytes: ONNX.length, missingFiles: [] },
        { dtype: 'q4f16', missingFiles: ['onnx/model_q4f16.onnx_data'] },
      ],
    });
    expect(configs.genai).toMatchObject({
      modelType: 'phi3',
      contextLength: 4096,
      maxLength: 2048,
      sessions: [{ part: 'decoder', path: 'model.onnx' }],
    });
    expect((await inspectModel('test/plain', at())).transformersJs).toBeNull();
  });

  test('that is a pickle: what it would import is told', async () => {
    const { files } = await inspectModel('test/pickle', at());
    expect(files[0]).toMatchObject({ format: 'pytorch' });
    expect(files[0]?.imports).toEqual([{ name: 'os.system', risk: 'dangerous' }]);
  });

  test('is named with one of its files', async () => {
    const options = { ...at(), file: 'README.md' };
    const error = await inspectModel('test/gguf', options).catch((reason: unknown) => reason);
    expect((error as HubfitError).code).toBe('invalid_file');
  });
});
