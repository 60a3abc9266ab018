// Headers read over every kind of source: the facts, and what they cost.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { HubfitError, inspectFile, inspectModel } from '../../ts/index.ts';
import { type LocalHub, startHub } from '../hub/hub.ts';
import { gguf, safetensors } from './model-files.ts';

const GGUF = gguf({
  'general.architecture': 'llama',
  'general.file_type': 15,
  'llama.context_length': 8192,
  'tokenizer.chat_template': '{% for m in messages %}{{ m.content }}{% endfor %}{{ tools }}',
});
const SAFETENSORS = safetensors({ 'a.weight': { dtype: 'BF16', shape: [4, 8] } });

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
    const { metadata, file } = await inspectModel('test/plain', at());
    expect(metadata.maxContextLength).toBe(4096);
    expect(metadata.evidence.maxContextLength.grade).toBe('stated');
    expect(file?.path).toBe('model.safetensors');
  });

  test('states what it is by its header', async () => {
    const { metadata, evidence, file } = await inspectModel('test/gguf', at());
    expect(metadata).toMatchObject({ architecture: 'llama', maxContextLength: 8192 });
    expect(evidence.gguf?.architecture).toBe('llama');
    expect(file?.path).toBe('model-Q4_K_M.gguf');
  });

  test('a broken config leaves what the listing says; a broken file is an error', async () => {
    const error = await inspectModel('test/broken', at()).catch((reason: unknown) => reason);
    expect((error as HubfitError).code).toBe('invalid_file');
  });

  test('is named with one of its files', async () => {
    const options = { ...at(), file: 'README.md' };
    const error = await inspectModel('test/gguf', options).catch((reason: unknown) => reason);
    expect((error as HubfitError).code).toBe('invalid_file');
  });
});
