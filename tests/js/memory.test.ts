// What models take in memory, through the wasm.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  estimateMemory,
  estimateRuntimeMemory,
  type Hardware,
  HubfitError,
  inspectFile,
  listMemoryRuntimes,
  type PlanModel,
  planModel,
} from '../../ts/index.ts';
import type { MemoryModel } from '../../ts/plan/memory-model.ts';
import { gguf, SMALL_LLAMA } from './model-files.ts';

const folder = new URL('../vectors/memory/', import.meta.url);

interface Case {
  model: Pick<MemoryModel, 'geometry'> & { weights?: object[]; bytes?: number };
  options: Record<string, unknown>;
}

function json(name: string): never {
  return JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as never;
}

/** The cases name the core's own options; sizes stand where a file's would. */
function asModel({ geometry, weights, bytes }: Case['model']): MemoryModel {
  const variant = { quantization: 'Q8_0', sizeBytes: bytes, files: [] };
  return {
    geometry: geometry ?? null,
    ...(weights?.[0] && { weights: weights[0] as never }),
    ...(bytes !== undefined && { tensorBytes: bytes, variants: [variant as never] }),
  };
}

/** A variant as a case names it: of plans in llama.cpp's family all are GGUF, and cases do not say so. */
function asVariant(one: { name: string; format?: string; file: string; bytes: number }) {
  return {
    format: one.format ?? 'gguf',
    quantization: one.name,
    primaryFile: one.file,
    sizeBytes: one.bytes,
    files: [],
    copyOf: null,
    complete: true,
  };
}

describe('the same as the core', () => {
  const names = readdirSync(folder).filter((name) => name.endsWith('.input.json'));
  test.each(names)('%s', (name) => {
    const { model, options } = json(name) as Case;
    const { memory, ...rest } = json(name.replace('.input.', '.expected.')) as {
      memory: object;
    };
    expect(estimateMemory(asModel(model), options)).toEqual({ ...rest, ...memory });
  });
});

describe('estimateMemory', () => {
  const hardware: Hardware = {
    name: '',
    devices: [
      {
        name: 'RTX 4090',
        vendor: 'NVIDIA',
        backend: 'cuda',
        memoryBytes: 24 * 2 ** 30,
        unified: false,
        bandwidth: null,
        flops: null,
        arch: null,
      },
    ],
    ramBytes: 2 ** 36,
    ramBandwidth: null,
  };

  test('takes what inspectFile says', async () => {
    const model = await inspectFile(gguf(SMALL_LLAMA));
    const memory = estimateMemory(model, { contextLength: 1024, parallel: 1 });
    expect(memory.kv).toBe(2 * 1024 * 2 * 16 * 2 * 2);
    expect(memory.devices.map(({ name }) => name)).toEqual(['CPU']);
    expect(memory.settings).toMatchObject({ contextLength: 1024, parallel: 1, ubatch: 512 });
    expect(memory.findings.map(({ code }) => code)).toContain('weights_missing');
  });

  test('knows hardware by name', async () => {
    const model = await inspectFile(gguf(SMALL_LLAMA));
    const named = estimateMemory(model, { contextLength: 1024, hardware: 'RTX 4090 + 64 GB RAM' });
    const given = estimateMemory(model, { contextLength: 1024, hardware });
    expect(named.devices[1]?.name).toMatch(/4090/);
    expect(named.settings).toEqual(given.settings);
    expect(named.settings.gpuLayers).toBe(3);
  });

  test('takes a variant by its label', () => {
    const variants = ['Q4_K_M', 'Q8_0'].map((quantization, at) => ({
      quantization,
      sizeBytes: (at + 1) * 1e9,
      primaryFile: `x-${quantization}.gguf`,
      files: [{ path: `x-${quantization}.gguf`, size: null }],
    }));
    const model = { geometry: null, variants } as unknown as MemoryModel;
    expect(estimateMemory(model, { variant: 'q8_0' }).weights).toBe(2e9);
    expect(estimateMemory(model, { variant: 'x-Q4_K_M.gguf' }).weights).toBe(1e9);
    const wrong = () => estimateMemory(model, { variant: 'Q2_K' });
    expect(wrong).toThrow('variant: expected one of Q4_K_M, Q8_0, found "Q2_K"');
  });

  test('takes a draft and what lies beside', async () => {
    const model = await inspectFile(gguf(SMALL_LLAMA));
    const draft = await inspectFile(gguf(SMALL_LLAMA));
    const memory = estimateMemory(model, {
      contextLength: 1024,
      draft: { model: draft, tokens: 5 },
      lora: [5_000_000],
      mmproj: await inspectFile(gguf({ 'general.architecture': 'clip', 'general.type': 'mmproj' })),
    });
    expect(memory.beside.map(({ kind }) => kind)).toEqual(['draft', 'projector', 'adapter']);
  });

  test('names what is wrong', () => {
    const of = (options: object) => () => estimateMemory({ geometry: null }, options as never);
    expect(of({ runtime: 'vllm' })).toThrow(HubfitError);
    expect(of({ context: 5 })).toThrow('options: unknown key "context"');
    expect(of({ hardware: 'RTX 9999' })).toThrow(HubfitError);
    expect(() => estimateMemory(null as never)).toThrow('model: expected an object, found null');
    const found = estimateMemory({ geometry: null }, { contextLength: -1 }).findings;
    expect(found.map(({ code }) => code)).toContain('negative_context');
  });
});

describe('planModel', () => {
  const plans = new URL('../vectors/plan/', import.meta.url);
  const read = (name: string) => JSON.parse(readFileSync(new URL(name, plans), 'utf8'));
  const names = readdirSync(plans).filter((name) => name.endsWith('.input.json'));

  test.each(names)('the same as the core: %s', (name) => {
    const { model, subject, options } = read(name);
    const variants = subject.variants.map(asVariant);
    const metadata = { parameterCount: subject.parameters };
    const inspected = { ...asModel(model), variants, metadata };
    const target = { ...options, ...(subject.others && { others: subject.others }) };
    expect(planModel(inspected, target)).toEqual(read(name.replace('.input.', '.expected.')));
  });

  const inRuntime = new URL('../vectors/runtime_plan/', import.meta.url);
  const others = readdirSync(inRuntime).filter((name) => name.endsWith('.input.json'));

  test.each(others)('the same as the core in other runtimes: %s', (name) => {
    const at = (file: string) => JSON.parse(readFileSync(new URL(file, inRuntime), 'utf8'));
    const { runtime, model, subject, hardware, settings } = at(name);
    const variants = subject.variants.map(asVariant);
    const inspected = {
      ...asModel(model),
      variants,
      metadata: { parameterCount: subject.parameters },
    };
    const target = { runtime, hardware, settings };
    expect(planModel(inspected as never, target)).toEqual(
      at(name.replace('.input.', '.expected.')),
    );
  });

  test('plans for one file', async () => {
    const model = {
      ...(await inspectFile(gguf(SMALL_LLAMA))),
      tensorBytes: 5e9,
      quantization: 'Q4_K_M',
    };
    const plan = planModel(model, { hardware: 'RTX 4090 + 64 GB RAM' });
    expect(plan).toMatchObject({ fit: 'full', chosen: 0, hardware: expect.stringMatching(/4090/) });
    expect(plan.variants[0]).toMatchObject({ name: 'Q4_K_M', bytes: 5e9, gpuLayers: 3 });
    expect(plan.curve.at(-1)?.contextLength).toBe(8192);
  });

  test('without variants or a machine it says so', () => {
    const { fit, chosen, findings } = planModel({ geometry: null, variants: [] });
    expect([fit, chosen]).toEqual(['unknown', null]);
    const codes = findings.map(({ code }) => code);
    expect(codes).toEqual(['no_variants', 'hardware_missing', 'geometry_missing']);
  });
});

describe('estimateRuntimeMemory', () => {
  test('answers for every runtime that it lists', async () => {
    const model = await inspectFile(gguf(SMALL_LLAMA));
    const runtimes = listMemoryRuntimes();
    expect(runtimes).toContain('vllm');
    for (const runtime of runtimes) {
      const options = { runtime, hardware: 'RTX 4090 + 64 GB RAM' };
      const found = estimateRuntimeMemory({ ...model, weights: null, tensorBytes: 4e9 }, options);
      expect(found.runtime).toBe(runtime);
      expect(found.device.low).toBeLessThanOrEqual(found.device.high);
    }
  });

  test('takes settings by the runtime’s own names, and names wrong ones', async () => {
    const model = { ...(await inspectFile(gguf(SMALL_LLAMA))), weights: null, tensorBytes: 4e9 };
    const of = (settings: Record<string, unknown>) => () =>
      estimateRuntimeMemory(model, { runtime: 'vllm', hardware: 'RTX 4090', settings });
    expect(of({ context: 4096 })().contextLength).toBe(4096);
    expect(of({ contxt: 4096 })).toThrow(HubfitError);
    expect(() => estimateRuntimeMemory(model, { runtime: 'vlm' })).toThrow(/vllm/);
  });
});

describe('other runtimes', () => {
  const GIB = 2 ** 30;
  const file = (path: string, size: number) => ({ path, size });
  const variant = (
    format: string,
    quantization: string | null,
    files: { path: string; size: number }[],
  ) => ({
    ...{ format, quantization, grade: 'stated', name: null, folder: '', files, shards: 1 },
    ...{ expectedShards: null, missingFiles: [], complete: true, joined: false, copyOf: null },
    primaryFile: files[0]?.path ?? null,
    sizeBytes: files.reduce((sum, { size }) => sum + size, 0),
  });
  const planned = async (variants: ReturnType<typeof variant>[]): Promise<PlanModel> => {
    const { geometry } = await inspectFile(gguf(SMALL_LLAMA));
    return { geometry, variants } as PlanModel;
  };

  test('a plan chooses among what the runtime loads', async () => {
    const model = await planned([
      variant('gguf', 'Q4_K_M', [file('x-Q4_K_M.gguf', 5e9)]),
      variant('safetensors', null, [file('model.safetensors', 16e9)]),
    ]);
    const plan = planModel(model, { runtime: 'vllm', hardware: 'RTX 4090' });
    expect(plan).toMatchObject({ runtime: 'vllm', fit: 'full', chosen: 0 });
    expect(plan.variants.map((one) => one.file)).toEqual(['model.safetensors']);
    const settings = { max_model_len: 8192, context: 8192 };
    const memory = estimateRuntimeMemory(model, {
      ...{ runtime: 'vllm', hardware: 'RTX 4090', settings },
      variant: 'model.safetensors',
    });
    expect(plan.memory?.device).toEqual(memory.device);
    expect(planModel(model, { runtime: 'vllm', hardware: '8 GB GPU' }).fit).toBe('no');
    expect(() => planModel(model, { runtime: 'vlm' })).toThrow(/vllm/);
  });

  test('files of sessions are told apart, and the dtype is that of the variant', async () => {
    const model = await planned([
      variant('onnx', 'q4', [
        file('onnx/model_q4.onnx', 1e6),
        file('onnx/model_q4.onnx_data', 3e9),
      ]),
      variant('onnx', 'q4f16', [file('onnx/model_q4f16.onnx', 4e8)]),
    ]);
    const of = (label: string) =>
      estimateRuntimeMemory(model, { runtime: 'transformers.js', variant: label });
    const cache = (label: string) => of(label).parts.find(({ name }) => name === 'cache');
    expect(cache('q4')?.bytes.low).toBe(2 * (cache('q4f16')?.bytes.low ?? 0));
    const tooLarge = of('q4').findings.find(({ code }) => code === 'file_too_large');
    expect(tooLarge?.message).toContain('onnx/model_q4.onnx_data has 3000000000 bytes');
    expect(of('q4f16').findings.map(({ code }) => code)).not.toContain('file_too_large');
  });

  test('components of a pipeline take turns', async () => {
    const pipeline = variant('safetensors', null, [
      file('transformer/diffusion_pytorch_model-00001-of-00002.safetensors', 6 * GIB),
      file('transformer/diffusion_pytorch_model-00002-of-00002.safetensors', 6 * GIB),
      file('text_encoder/model.safetensors', 9 * GIB),
      file('vae/diffusion_pytorch_model.safetensors', GIB),
    ]);
    const model = { geometry: null, variants: [pipeline] } as unknown as PlanModel;
    const weights = (offload: string) => {
      const asked = { variant: pipeline.primaryFile ?? '', settings: { offload } };
      const { parts } = estimateRuntimeMemory(model, { runtime: 'diffusers', ...asked });
      return parts.find(({ name, place }) => name === 'weights' && place === 'device')?.bytes;
    };
    expect(weights('none')).toMatchObject({ expected: 22 * GIB });
    expect(weights('model')).toMatchObject({ expected: 12 * GIB });
    const of = (hardware: string) => planModel(model, { runtime: 'diffusers', hardware });
    expect(of('48 GB GPU + 64 GB RAM')).toMatchObject({ fit: 'full', offload: null });
    expect(of('24 GB GPU + 64 GB RAM')).toMatchObject({ fit: 'partial', offload: 'model' });
  });
});
