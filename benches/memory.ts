// What one estimate costs once its model is decoded, and a plan over forty variants: in the core alone, and through the
// library.
// Run: npx tsx benches/memory.ts
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Geometry, ModelMemory } from '../ts/generated/memory.d.ts';

const hubfit = (await import(
  process.env.BENCH_LIB ?? new URL('../dist/node.js', import.meta.url).href
)) as typeof import('../ts/index.ts');

const require = createRequire(import.meta.url);
const core = require('../pkg-node/memory.js') as {
  ModelMemory: new (model: string) => ModelMemory;
};
const configs = require('../pkg-node/repository.js') as {
  geometry_of_config(config: Uint8Array): Geometry;
};

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 1000);

/** Models whose configs are in tests/vectors. */
const MODELS = [
  'llama-3.2-1b',
  'qwen3-4b',
  'qwen3-235b-a22b',
  'gemma-3-4b',
  'gpt-oss-20b',
  'deepseek-v3',
  'qwen3-next-80b-a3b',
  'gemma-3n-e4b',
];

function geometryOf(name: string): Geometry {
  const file = new URL(`../tests/vectors/geometry/${name}.config.json`, import.meta.url);
  return configs.geometry_of_config(readFileSync(file));
}

/** Microseconds: the middle of many rounds, and the best of them. */
function time(run: (round: number) => unknown): string {
  for (let round = 0; round < ROUNDS; round += 1) run(round);
  const times = Array.from({ length: ROUNDS }, (_, round) => {
    const start = performance.now();
    run(round);
    return (performance.now() - start) * 1000;
  }).sort((one, other) => one - other);
  const at = (part: number): string => (times[Math.floor(part * ROUNDS)] ?? 0).toFixed(1);
  return `${at(0.5)} | ${at(0.05)}`;
}

console.log('| model | decode, µs: median | best | core | best | estimateMemory | best |');
console.log('|---|--:|--:|--:|--:|--:|--:|');
for (const name of MODELS) {
  const model = { geometry: geometryOf(name) };
  const text = JSON.stringify(model);
  const handle = new core.ModelMemory(text);
  const decode = time(() => new core.ModelMemory(text).free());
  // Never the same question twice in a row: nothing is remembered but the model.
  const alone = time((round) => handle.estimate(`{"contextLength":${4096 + 256 * (round % 64)}}`));
  const whole = time((round) =>
    hubfit.estimateMemory(model, { contextLength: 4096 + 256 * (round % 64) }),
  );
  console.log(`| ${name} | ${decode} | ${alone} | ${whole} |`);
}

/** Forty variants of a model of eight billion parameters. */
const variants = Array.from({ length: 40 }, (_, index) => ({
  format: 'gguf',
  quantization: `Q${index}`,
  primaryFile: `model-${index}.gguf`,
  sizeBytes: 2_000_000_000 + 400_000_000 * index,
  files: [],
  copyOf: null,
  complete: true,
}));

console.log('\n| model, machine | plan over 40 variants, µs: median | best |');
console.log('|---|--:|--:|');
for (const name of ['llama-3.2-1b', 'qwen3-235b-a22b', 'gemma-3-4b']) {
  const model = { geometry: geometryOf(name), variants, metadata: { parameterCount: 8e9 } };
  for (const hardware of ['RTX 4090 + 64 GB RAM', '2x RTX 3090 + 64 GB RAM', '64 GB RAM']) {
    const machine = hubfit.findHardware(hardware);
    const plan = time((round) =>
      hubfit.planModel(model as never, {
        hardware: machine,
        contextLength: 4096 + 256 * (round % 64),
      }),
    );
    console.log(`| ${name}, ${hardware} | ${plan} |`);
  }
}

console.log(
  '\n| runtime, model | in_runtime, µs: median | best | estimateRuntimeMemory | best | plan over 40 variants | best |',
);
console.log('|---|--:|--:|--:|--:|--:|--:|');
const machine = hubfit.findHardware('RTX 4090 + 64 GB RAM');
const FORMATS: Record<string, string> = { 'transformers.js': 'onnx', 'web-llm': 'mlc' };
for (const runtime of [
  'vllm',
  'sglang',
  'transformers',
  'mlx-lm',
  'web-llm',
  'transformers.js',
  'exllamav3',
]) {
  const format = FORMATS[runtime] ?? 'safetensors';
  for (const name of ['llama-3.2-1b', 'qwen3-235b-a22b', 'gemma-3-4b', 'qwen3-next-80b-a3b']) {
    const geometry = geometryOf(name);
    const own = variants.map((one) => ({ ...one, format }));
    const model = { geometry, variants: own, metadata: { parameterCount: 8e9 } };
    const settings = (round: number) => ({ context: 4096 + 256 * (round % 64) });
    const handle = new core.ModelMemory(JSON.stringify({ geometry, bytes: 5e9 }));
    const on = JSON.stringify(machine);
    const alone = time((round) =>
      handle.in_runtime(runtime, on, `{"context":${4096 + 256 * (round % 64)}}`, ''),
    );
    const one = { geometry, tensorBytes: 5e9 };
    const whole = time((round) =>
      hubfit.estimateRuntimeMemory(one as never, {
        runtime,
        hardware: machine,
        settings: settings(round),
      }),
    );
    const plan = time((round) =>
      hubfit.planModel(model as never, { runtime, hardware: machine, settings: settings(round) }),
    );
    console.log(`| ${runtime}, ${name} | ${alone} | ${whole} | ${plan} |`);
  }
}
