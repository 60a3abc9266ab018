// What WebLLM publishes of its models (`vram_required_MB`), held against estimates: where its table lies beside the project.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../lib/run.mjs';
import { inRuntime, ofConfigWith } from './core.mjs';
import { head, off, row } from './statistics.mjs';
import { config, FAMILIES, parameters } from './web-llm-models.mjs';

const PLACES = ['../shared/data', '../../shared/data'].map((place) => join(root, place));
const MIB = 2 ** 20;

/** Bits of a weight with its share of scales: groups of 32, of 40 where there are three bits, in the type that is computed in. */
const BITS = { q4f16_1: 4.5, q4f32_1: 5, q0f16: 16, q0f32: 32, q3f16_1: 3.6 };

const NOTE = `Weights are taken for parameters times bits, since its files are not at hand. What is expected has its coefficients from Llama 3.2 and
TinyLlama, and from mlc-llm's source whether logits of a chunk are planned; no figure of it is from the families held out, but how wide the range is
was chosen with all of them in view. Records of Llama 2, RedPajama, phi-2, phi-1.5 and gemma-2b are of compilations that WebLLM's libraries have
replaced since, and a few figures are less than weights and cache together.`;

/** A table of how far off totals are; nothing where the figures are absent. */
export function webLlm() {
  const file = PLACES.map((place) => join(place, 'webllm-prebuilt-vram.json')).find(existsSync);
  if (!file) return undefined;
  const found = JSON.parse(readFileSync(file, 'utf8')).flatMap(compared);
  const rows = Object.keys(BITS).map((name) =>
    distributed(
      name,
      found.filter(({ quantization }) => quantization === name),
    ),
  );
  const halves = [true, false].map((fitted) =>
    distributed(
      fitted ? 'families it is from' : 'families held out',
      found.filter((one) => one.fitted === fitted),
    ),
  );
  const table = [head('WebLLM 0.2.86: total', 'within the range'), ...rows, ...halves];
  return [...table, distributed('all', found), '', NOTE].join('\n');
}

function distributed(name, some) {
  const inside = some.filter(({ low, published, high }) => low <= published && published <= high);
  const errors = some.map(({ expected, published }) => off(expected, published));
  return row(name, errors, `${inside.length} of ${some.length}`);
}

function compared(record) {
  const match = /^(.+)-(q\df\d\d(?:_1)?)-MLC(?:-1k)?$/.exec(record.model_id);
  const family = FAMILIES.find(({ models }) => models.includes(match?.[1]));
  const quantization = match?.[2];
  if (!family || !BITS[quantization]) return [];
  const bytes = Math.round((parameters(family) * BITS[quantization]) / 8);
  const model = ofConfigWith(Buffer.from(JSON.stringify(config(family))), bytes);
  const settings = { context_window_size: record.context_window_size, quantization };
  const { low, expected, high } = inRuntime(model, 'web-llm', settings).device;
  model.free();
  const { fitted } = family;
  return [{ quantization, fitted, low, expected, high, published: record.vram_required_MB * MIB }];
}
