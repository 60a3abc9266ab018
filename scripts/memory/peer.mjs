// node-llama-cpp's own estimator beside ours, for the same headers and settings: installed on demand, in a folder of
// its own. `estimateContextResourceRequirements` are its formulas; its newer way asks llama.cpp itself.
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root, run } from '../lib/run.mjs';
import { header } from './gguf.mjs';
import { head, off, row } from './statistics.mjs';
import { estimated } from './truth.mjs';

const VERSION = '3.22.1';
const FOLDER = join(root, '.cache/memory-peer');
/** `GgmlType` of node-llama-cpp. */
const GGML = { f32: 0, f16: 1, q4_0: 2, q8_0: 8, bf16: 30 };

/** A table; why there is none, where npm does not give the package. */
export async function peer(compared) {
  const library = await install().catch((error) => String(error.message).split('\n')[0]);
  if (typeof library === 'string') return `node-llama-cpp could not be installed: ${library}`;
  const plainRuns = compared.filter(({ run: { settings } }) => plain(settings));
  const answered = await contexts(library, plainRuns);
  const kinds = [
    ['caches of 16 bits', ({ run }) => !run.settings.type_k && !run.settings.type_v],
    ['quantized caches', ({ run }) => run.settings.type_k || run.settings.type_v],
  ];
  const rows = kinds.flatMap(([kind, test]) => beside(kind, answered.filter(test)));
  const none = answered.filter(({ told }) => !Number.isFinite(told)).length;
  return [
    head('all but weights, CPU'),
    ...rows,
    '',
    `Of ${plainRuns.length} runs node-llama-cpp's formulas give no number for ${none}; they are left out.`,
  ].join('\n');
}

function beside(kind, answered) {
  const known = answered.filter(({ told }) => Number.isFinite(told));
  const sum = ({ total, weights }) => total - weights;
  const theirs = known.map(({ told, measured }) => off(told, sum(measured)));
  const ours = known.map(({ found, measured }) => off(sum(estimated(found)), sum(measured)));
  return [row(`node-llama-cpp ${VERSION}, ${kind}`, theirs), row(`hubfit, ${kind}`, ours)];
}

/** It runs one batch at a time, and none of the settings that it has no name for. */
function plain({ n_ubatch, n_batch, kv_unified, n_outputs_max, embeddings }) {
  const other = kv_unified ?? n_outputs_max ?? embeddings ?? n_ubatch;
  return other === undefined && (n_batch ?? 2048) >= 512;
}

async function install() {
  const entry = join(FOLDER, 'node_modules/node-llama-cpp/dist/index.js');
  if (!existsSync(entry)) {
    mkdirSync(FOLDER, { recursive: true });
    writeFileSync(join(FOLDER, 'package.json'), '{"private":true}');
    const names = [`node-llama-cpp@${VERSION}`, `@node-llama-cpp/linux-x64@${VERSION}`];
    const quiet = ['--ignore-scripts', '--omit=optional', '--no-audit', '--no-fund'];
    await run('npm', ['install', ...names, ...quiet], { cwd: FOLDER });
  }
  return import(pathToFileURL(entry).href);
}

async function contexts({ getLlama, readGgufFileInfo, GgufInsights }, compared) {
  const llama = await getLlama({ gpu: false, build: 'never', logLevel: 'disabled' });
  const folder = mkdtempSync(join(tmpdir(), 'hubfit-peer-'));
  const insights = new Map();
  const told = [];
  try {
    for (const one of compared) {
      const {
        record,
        run: { settings },
      } = one;
      if (!insights.has(record.id)) {
        const file = join(folder, 'model.gguf');
        writeFileSync(file, header(record));
        const known = await readGgufFileInfo(file, { sourceType: 'filesystem', logWarnings: false })
          .then((info) => GgufInsights.from(info, llama))
          .catch(() => null);
        insights.set(record.id, known);
      }
      const model = insights.get(record.id);
      if (model) told.push({ ...one, told: ask(model, settings) });
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
    await llama.dispose();
  }
  return told;
}

function ask(model, settings) {
  const { cpuRam, gpuVram } = model.estimateContextResourceRequirements({
    // It takes the context of one sequence.
    contextSize: Math.floor(settings.n_ctx / (settings.n_seq_max ?? 1)),
    modelGpuLayers: 0,
    batchSize: 512,
    sequences: settings.n_seq_max ?? 1,
    flashAttention: settings.flash_attn !== 'off',
    swaFullCache: settings.swa_full === 'true' || settings.swa_full === true,
    kvCacheKeyType: GGML[settings.type_k ?? 'f16'],
    kvCacheValueType: GGML[settings.type_v ?? 'f16'],
  });
  return cpuRam + gpuVram;
}
