#!/usr/bin/env node
// Checks facts/sample/models.json and prints counts. Usage: node scripts/sample/check.mjs
import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const text = readFileSync(join(root, 'facts/sample/models.json'), 'utf8');
const rows = JSON.parse(text);

const TASKS = new Set(
  `text-classification token-classification table-question-answering question-answering zero-shot-classification translation
  summarization feature-extraction text-generation fill-mask sentence-similarity table-to-text multiple-choice text-ranking
  text-retrieval text-to-speech text-to-audio automatic-speech-recognition audio-to-audio audio-classification
  voice-activity-detection audio-text-to-text image-text-to-text image-text-to-image image-text-to-video
  visual-question-answering document-question-answering video-text-to-text visual-document-retrieval any-to-any
  depth-estimation image-classification object-detection image-segmentation text-to-image image-to-text image-to-image
  image-to-video unconditional-image-generation video-classification text-to-video zero-shot-image-classification
  mask-generation zero-shot-object-detection text-to-3d image-to-3d image-feature-extraction keypoint-detection
  video-to-video reinforcement-learning robotics tabular-classification tabular-regression tabular-to-text
  time-series-forecasting graph-ml other`.split(/\s+/),
);
const KEYS = [
  'id',
  'task',
  'library',
  'license',
  'gated',
  'created',
  'downloads',
  'likes',
  'baseModel',
  'languages',
  'tags',
  'config',
  'safetensors',
  'gguf',
  'files',
  'sources',
];
const CONFIG = [
  'architectures',
  'model_type',
  'max_position_embeddings',
  'num_hidden_layers',
  'hidden_size',
  'num_attention_heads',
  'num_key_value_heads',
  'head_dim',
  'vocab_size',
  'quantization_config',
];
const RELATIONS = new Set(['quantized', 'finetune', 'adapter', 'merge']);
const DTYPES = new Set([
  'F64',
  'F32',
  'F16',
  'BF16',
  'F8_E4M3',
  'F8_E5M2',
  'I64',
  'I32',
  'I16',
  'I8',
  'U8',
  'U32',
  'BOOL',
]);

const errors = [];
const fail = (row, message) => errors.push(`${row?.id ?? '?'}: ${message}`);
const isCount = (x) => Number.isSafeInteger(x) && x >= 0;
const isText = (x) => typeof x === 'string' && x.trim() === x && x !== '';
const isRepo = (x) => isText(x) && /^[\w.-]+\/[\w.-]+$/.test(x);
const isList = (x) =>
  Array.isArray(x) && x.length > 0 && x.every(isText) && new Set(x).size === x.length;

if (TASKS.size !== 57) fail(null, `the task list has ${TASKS.size} names, not 57`);
if (text.split('\n').length !== rows.length + 3) fail(null, 'not one model per line');
if (Buffer.byteLength(text) > 250_000)
  fail(null, `${Buffer.byteLength(text)} bytes, more than 250000`);
if (/\bnull\b/.test(text)) fail(null, 'null in the text');

const seen = new Set();
let last;
for (const row of rows) {
  if (!isRepo(row.id)) fail(row, 'id is not org/name');
  if (seen.has(row.id?.toLowerCase())) fail(row, 'twice');
  seen.add(row.id?.toLowerCase());
  for (const key of Object.keys(row)) if (!KEYS.includes(key)) fail(row, `unknown key ${key}`);
  if (row.task !== undefined && !TASKS.has(row.task)) fail(row, `task ${row.task}`);
  for (const key of ['library', 'license'])
    if (row[key] !== undefined && !isText(row[key])) fail(row, key);
  if (row.gated !== undefined && row.gated !== 'auto' && row.gated !== 'manual') fail(row, 'gated');
  if (row.created !== undefined) {
    if (
      !/^\d{4}-\d{2}-\d{2}$/.test(row.created) ||
      Number.isNaN(Date.parse(row.created)) ||
      row.created < '2022-03-02'
    )
      fail(row, `created ${row.created}`);
  }
  for (const key of ['downloads', 'likes'])
    if (row[key] !== undefined && !isCount(row[key])) fail(row, key);
  if (
    row.baseModel &&
    (!RELATIONS.has(row.baseModel.relation) ||
      !isRepo(row.baseModel.id) ||
      Object.keys(row.baseModel).length !== 2)
  )
    fail(row, 'baseModel');
  for (const key of ['languages', 'tags', 'sources'])
    if (row[key] !== undefined && !isList(row[key])) fail(row, key);
  if (!row.sources) fail(row, 'no sources');
  if (row.sources?.some((s) => /(^|\s)\.{0,2}\/(work|tmp|home|root|shared)/.test(s)))
    fail(row, 'a source names a local path');
  for (const [key, value] of Object.entries(row.config ?? {})) {
    if (!CONFIG.includes(key)) fail(row, `config.${key}`);
    else if (
      key === 'architectures'
        ? !isList(value)
        : key === 'model_type'
          ? !isText(value)
          : key !== 'quantization_config' && (!isCount(value) || value === 0)
    )
      fail(row, `config.${key}`);
  }
  const q = row.config?.quantization_config;
  if (
    q &&
    (Object.keys(q).some((k) => k !== 'quant_method' && k !== 'bits') ||
      (q.bits !== undefined && (!isCount(q.bits) || q.bits > 16)))
  )
    fail(row, 'quantization_config');
  for (const [dtype, n] of Object.entries(row.safetensors ?? {}))
    if (!DTYPES.has(dtype) || !isCount(n) || n === 0) fail(row, `safetensors.${dtype}`);
  for (const [key, value] of Object.entries(row.gguf ?? {})) {
    if (
      key === 'architecture'
        ? !isText(value)
        : !['context_length', 'total'].includes(key) || !isCount(value) || value === 0
    )
      fail(row, `gguf.${key}`);
  }
  if (!Array.isArray(row.files) || row.files.length === 0) fail(row, 'no files');
  const paths = (row.files ?? []).map((f) => f[0]);
  if (new Set(paths).size !== paths.length) fail(row, 'a file twice');
  for (const file of row.files ?? []) {
    if (!isText(file[0]) || file[0].startsWith('/') || file.length > 3)
      fail(row, `file ${file[0]}`);
    if (file.length > 1 && (!isCount(file[1]) || file[1] === 0)) fail(row, `size of ${file[0]}`);
    if (file.length > 2 && file[2] !== 'rounded') fail(row, `mark of ${file[0]}`);
  }
  if (
    last &&
    ((last.downloads ?? 0) < (row.downloads ?? 0) ||
      ((last.downloads ?? 0) === (row.downloads ?? 0) && last.id >= row.id))
  )
    fail(row, 'out of order');
  last = row;
}

/** One format per model, the most telling one. */
function format(row) {
  const names = row.files.map((f) => f[0]);
  const has = (re) => names.some((n) => re.test(n));
  const q = row.config?.quantization_config;
  if (has(/\.gguf$/) && !has(/^model(-\d+-of-\d+)?\.safetensors$/)) return 'gguf';
  if (row.library === 'mlx') return 'mlx';
  if (row.library === 'mlc-llm') return 'mlc';
  if (row.library === 'transformers.js') return 'onnx';
  if (q?.quant_method) return `safetensors ${q.quant_method}`;
  if (has(/\.safetensors(\.index\.json)?$/)) return 'safetensors';
  if (has(/\.(bin|pt|pth)$/)) return 'pytorch';
  return 'other';
}
const count = (pick) => {
  const n = {};
  for (const row of rows)
    for (const key of [pick(row) ?? '(none)'].flat()) n[key] = (n[key] ?? 0) + 1;
  return Object.entries(n)
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .map(([k, v]) => `${k} ${v}`)
    .join(', ');
};
const n = (test) => rows.filter(test).length;
console.log(`${rows.length} models, ${Buffer.byteLength(text)} bytes`);
console.log(`task: ${count((r) => r.task)}`);
console.log(`format: ${count(format)}`);
console.log(`model_type: ${count((r) => r.config?.model_type)}`);
console.log(`year: ${count((r) => r.created?.slice(0, 4))}`);
console.log(`licence: ${count((r) => r.license)}`);
console.log(`sources: ${count((r) => r.sources)}`);
console.log(
  `text-generation in safetensors ${n((r) => r.task === 'text-generation' && format(r).startsWith('safetensors'))}, with downloads ${n((r) => r.downloads)}, likes ${n((r) => r.likes)}, parameters ${n((r) => r.safetensors || r.gguf?.total)}, a file size ${n((r) => r.files.some((f) => f.length > 1))}, gated ${n((r) => r.gated)}`,
);
for (const error of errors) console.error(error);
console.log(errors.length ? `${errors.length} errors` : 'ok');
process.exitCode = errors.length ? 1 : 0;
