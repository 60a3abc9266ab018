// What WebLLM publishes of its models (`vram_required_MB`), held against estimates: where its table lies beside the project.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../lib/run.mjs';
import { inRuntime, ofConfigWith } from './core.mjs';
import { head, off, row } from './statistics.mjs';

const PLACES = ['../shared/data', '../../shared/data'].map((place) => join(root, place));
const MIB = 2 ** 20;

/** Bits of a weight with its share of scales: groups of 32, in the type that is computed in. */
const BITS = { q4f16_1: 4.5, q4f32_1: 5, q0f16: 16, q0f32: 32 };

/** The start of a model's name there, its config in tests/vectors/geometry, and its parameters as the Hub counts them. */
const MODELS = [
  ['Llama-3.2-1B-Instruct', 'llama-3.2-1b', 1_235_814_400],
  ['Llama-3.1-8B-Instruct', 'llama-3.1-8b', 8_030_261_248],
  ['Llama-2-7b-chat-hf', 'llama-2-7b', 6_738_415_616],
  ['Phi-3-mini-4k-instruct', 'phi-3-mini-4k', 3_821_079_552],
  ['Phi-4-mini-instruct', 'phi-4-mini', 3_836_021_760],
  ['Mistral-7B-Instruct-v0.3', 'mistral-7b-v0.3', 7_248_023_552],
  ['gemma-2-9b-it', 'gemma-2-9b', 9_241_705_984],
  ['Qwen2.5-0.5B-Instruct', 'qwen2.5-0.5b', 494_032_768],
  ['Qwen3-0.6B', 'qwen3-0.6b', 596_049_920],
  ['Qwen3-4B', 'qwen3-4b', 4_022_468_096],
  ['OLMo-2-1124-7B-Instruct', 'olmo-2-7b', 7_298_617_344],
  ['phi-2', 'phi-2', 2_779_683_840],
];

const NOTE = `Weights are taken for parameters times bits, since its files are not at hand; many models were compiled to compute logits for a
whole chunk, which is in the range and not in what is expected.`;

/** A table of how far off totals are; nothing where the figures are absent. */
export function webLlm() {
  const file = PLACES.map((place) => join(place, 'webllm-prebuilt-vram.json')).find(existsSync);
  if (!file) return undefined;
  const found = JSON.parse(readFileSync(file, 'utf8')).flatMap(compared);
  const rows = Object.keys(BITS).map((name) => {
    const some = found.filter(({ quantization }) => quantization === name);
    return distributed(name, some);
  });
  const table = [head('WebLLM 0.2.86: total', 'within the range'), ...rows];
  return [...table, distributed('all', found), '', NOTE].join('\n');
}

function distributed(name, some) {
  const inside = some.filter(({ low, published, high }) => low <= published && published <= high);
  const errors = some.map(({ expected, published }) => off(expected, published));
  return row(name, errors, `${inside.length} of ${some.length}`);
}

function compared(record) {
  const match = /^(.+)-(q\df\d\d(?:_1)?)-MLC(?:-1k)?$/.exec(record.model_id);
  const [name, config, parameters] = MODELS.find(([start]) => start === match?.[1]) ?? [];
  const quantization = match?.[2];
  if (!name || !BITS[quantization]) return [];
  const bytes = Math.round((parameters * BITS[quantization]) / 8);
  const model = ofConfigWith(
    readFileSync(join(root, `tests/vectors/geometry/${config}.config.json`)),
    bytes,
  );
  const settings = { context_window_size: record.context_window_size, quantization };
  const { low, expected, high } = inRuntime(model, 'web-llm', settings).device;
  model.free();
  return [{ quantization, low, expected, high, published: record.vram_required_MB * MIB }];
}
