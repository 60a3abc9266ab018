#!/usr/bin/env node
// Checks facts/sample/models.json and prints counts. Usage: node scripts/sample/check.mjs
import { readFileSync } from 'node:fs';
import { main } from '../lib/run.mjs';
import { byDownloads, FLOOR, GEOMETRY, isCount, isPositive, SAMPLE } from './lib.mjs';

/** Bytes. */
const MOST = 250_000;

/** The Hub's tasks. */
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
const COUNTS = new Set(['max_position_embeddings', ...GEOMETRY]);
const RELATIONS = new Set(['quantized', 'finetune', 'adapter', 'merge']);
const DTYPES = new Set('F64 F32 F16 BF16 F8_E4M3 F8_E5M2 I64 I32 I16 I8 U8 U32 BOOL'.split(' '));

const isText = (value) => typeof value === 'string' && value.trim() === value && value !== '';
const isRepo = (value) => isText(value) && /^[\w.-]+\/[\w.-]+$/.test(value);
const isList = (value) =>
  Array.isArray(value) &&
  value.length > 0 &&
  value.every(isText) &&
  new Set(value).size === value.length;

/** What each value of a row must be. */
const HOLDS = {
  id: isRepo,
  task: (task) => TASKS.has(task),
  library: isText,
  license: isText,
  gated: (gated) => gated === 'auto' || gated === 'manual',
  created: isDay,
  downloads: isCount,
  likes: isCount,
  baseModel: isBase,
  languages: isList,
  tags: isList,
  config: (config) => Object.entries(config).every(isConfigValue),
  safetensors: (counts) =>
    Object.entries(counts).every(([dtype, count]) => DTYPES.has(dtype) && isPositive(count)),
  gguf: (header) => Object.entries(header).every(isHeaderValue),
  files: isFiles,
  sources: (sources) => isList(sources) && !sources.some(isLocal),
};

function isDay(day) {
  return /^\d{4}-\d{2}-\d{2}$/.test(day) && !Number.isNaN(Date.parse(day)) && day >= FLOOR;
}

function isBase({ relation, id, ...more }) {
  return RELATIONS.has(relation) && isRepo(id) && Object.keys(more).length === 0;
}

function isConfigValue([key, value]) {
  if (key === 'architectures') return isList(value);
  if (key === 'model_type') return isText(value);
  if (key === 'quantization_config') return isQuantization(value);
  return COUNTS.has(key) && isPositive(value);
}

function isQuantization({ quant_method, bits, ...more }) {
  const isMethod = quant_method === undefined || isText(quant_method);
  const isBits = bits === undefined || (isCount(bits) && bits <= 16);
  return isMethod && isBits && Object.keys(more).length === 0;
}

function isHeaderValue([key, value]) {
  if (key === 'architecture') return isText(value);
  return ['context_length', 'total'].includes(key) && isPositive(value);
}

function isFiles(files) {
  const names = new Set(files.map(([name]) => name));
  return files.length > 0 && names.size === files.length && files.every(isFile);
}

function isFile([name, ...[size, mark, ...more]]) {
  const isSize = size === undefined || isPositive(size);
  const isMark = mark === undefined || mark === 'rounded';
  return isText(name) && !name.startsWith('/') && isSize && isMark && more.length === 0;
}

/** A path of some machine; the routes of the Hub are none. */
function isLocal(source) {
  return /(^|\s)(\.{1,2}\/|~|\/(?!api\/))/.test(source);
}

function problemsOfText(text, rows) {
  const bytes = Buffer.byteLength(text);
  return [
    TASKS.size !== 57 && `the task list has ${TASKS.size} names, not 57`,
    text.split('\n').length !== rows.length + 3 && 'not one model per line',
    bytes > MOST && `${bytes} bytes, more than ${MOST}`,
    /\bnull\b/.test(text) && 'null in the text',
  ].filter(Boolean);
}

function problemsOfRow(row, index, rows) {
  const same = (other) => other.id?.toLowerCase() === row.id?.toLowerCase();
  const missing = ['id', 'files', 'sources'].filter((key) => row[key] === undefined);
  const wrong = Object.entries(row).filter(([key, value]) => !HOLDS[key]?.(value));
  return [
    ...missing.map((key) => `no ${key}`),
    ...wrong.map(([key, value]) =>
      key in HOLDS ? `${key} ${JSON.stringify(value)}` : `unknown key ${key}`,
    ),
    rows.findIndex(same) < index && 'twice',
    index > 0 && byDownloads(rows[index - 1], row) > 0 && 'out of order',
  ]
    .filter(Boolean)
    .map((problem) => `${row.id ?? '?'}: ${problem}`);
}

/** One format per model, the most telling one. */
function format(row) {
  const has = (pattern) => row.files.some(([name]) => pattern.test(name));
  const method = row.config?.quantization_config?.quant_method;
  if (has(/\.gguf$/) && !has(/^model(-\d+-of-\d+)?\.safetensors$/)) return 'gguf';
  if (row.library in FORMATS) return FORMATS[row.library];
  if (method) return `safetensors ${method}`;
  if (has(/\.safetensors(\.index\.json)?$/)) return 'safetensors';
  return has(/\.(bin|pt|pth)$/) ? 'pytorch' : 'other';
}

/** Libraries with a format of their own. */
const FORMATS = { mlx: 'mlx', 'mlc-llm': 'mlc', 'transformers.js': 'onnx' };

/** `apache-2.0 120, mit 40, …` */
function tally(rows, pick) {
  const counts = new Map();
  for (const word of rows.flatMap((row) => pick(row) ?? '(none)')) {
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return [...counts]
    .sort(([one, many], [other, more]) => more - many || (one < other ? -1 : 1))
    .map(([word, count]) => `${word} ${count}`)
    .join(', ');
}

const isPlainText = (row) =>
  row.task === 'text-generation' && format(row).startsWith('safetensors');

/** What the last line counts. */
const SHARES = {
  'text-generation in safetensors': isPlainText,
  'with downloads': (row) => row.downloads,
  likes: (row) => row.likes,
  parameters: (row) => row.safetensors || row.gguf?.total,
  'a file size': (row) => row.files.some((file) => file.length > 1),
  gated: (row) => row.gated,
};

function print(text, rows) {
  console.log(`${rows.length} models, ${Buffer.byteLength(text)} bytes`);
  console.log(`task: ${tally(rows, (row) => row.task)}`);
  console.log(`format: ${tally(rows, format)}`);
  console.log(`model_type: ${tally(rows, (row) => row.config?.model_type)}`);
  console.log(`year: ${tally(rows, (row) => row.created?.slice(0, 4))}`);
  console.log(`licence: ${tally(rows, (row) => row.license)}`);
  console.log(`sources: ${tally(rows, (row) => row.sources)}`);
  const shares = Object.entries(SHARES).map(([what, has]) => `${what} ${rows.filter(has).length}`);
  console.log(shares.join(', '));
}

function check() {
  const text = readFileSync(SAMPLE, 'utf8');
  const rows = JSON.parse(text);
  const problems = [...problemsOfText(text, rows), ...rows.flatMap(problemsOfRow)];
  for (const problem of problems) console.error(problem);
  if (problems.length === 0) print(text, rows);
  console.log(problems.length ? `${problems.length} errors` : 'ok');
  process.exitCode = problems.length ? 1 : 0;
}

await main(check);
