// Figures that others published, held against models whose configs are in tests/vectors.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../lib/run.mjs';
import { estimate, ofConfig } from './core.mjs';

const MIB = 2 ** 20;
const slots = (parallel, kvUnified) => ({ contextLength: 8192, parallel, kvUnified });

/** Model, settings, what is looked at, what was published, and who did. */
const GOLDEN = [
  ['gemma-3-270m', slots(1, false), 'kv', 39 * MIB, 'llama-server log'],
  ['gemma-3-270m', slots(2, false), 'kv', 54 * MIB, 'llama-server log'],
  ['gemma-3-270m', slots(4, false), 'kv', 84 * MIB, 'llama-server log'],
  ['gemma-3-270m', slots(2, true), 'kv', 46.5 * MIB, 'llama-server log'],
  ['gemma-3-270m', slots(4, true), 'kv', 61.5 * MIB, 'llama-server log'],
  ['gemma-3-4b', { contextLength: 32768 }, 'kv', 814 * MIB, 'llama-fit-params, llama.cpp PR 22171'],
  ['deepseek-v3', { contextLength: 163840 }, 'kv', 11_513_364_480, '61 × 576 × 163,840 × 2'],
  ['gpt-oss-20b', { contextLength: 32768 }, 'full', 12 * 64 * MIB, '64 MiB for each full layer'],
  ['llama-3.1-8b', { contextLength: 131072 }, 'kv', 16 * 1024 * MIB, '128 KiB for each token'],
];

/** Rows of a table: how many bytes each is off. */
export function golden() {
  const rows = GOLDEN.map(([name, options, part, published, source]) => {
    const config = readFileSync(join(root, `tests/vectors/geometry/${name}.config.json`));
    const asked = { runtime: 'llama.cpp', parallel: 1, fit: false, ...options };
    const memory = estimate(ofConfig(config), asked);
    const full = memory.caches.find(({ kind }) => kind === 'full');
    const found = part === 'kv' ? memory.kv : full.keys + full.values;
    const settings = JSON.stringify(options).replace(/["{}]/g, '').replace(/,/g, ', ');
    return `| ${name} | ${settings} | ${published.toLocaleString('en-US')} | ${found - published} | ${source} |`;
  });
  return [
    '| model | settings | published, bytes | off | by |',
    '|---|---|--:|--:|---|',
    ...rows,
  ].join('\n');
}
