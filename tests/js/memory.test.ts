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
    const variants = subject.variants.map((one: { name: string; file: string; bytes: number }) => ({
      format: 'gguf',
      quantization: one.name,
      primaryFile: one.file,
      sizeBytes: one.bytes,
      files: [],
      copyOf: null,
      complete: true,
    }));
    const metadata = { parameterCount: subject.parameters };
    const inspected = { ...asModel(model), variants, metadata };
    const target = { ...options, ...(subject.others && { others: subject.others }) };
    expect(planModel(inspected, target)).toEqual(read(name.replace('.input.', '.expected.')));
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
