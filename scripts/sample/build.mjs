#!/usr/bin/env node
// Builds facts/sample/models.json from the choice in curated.mjs and the figures in ../shared/data.
// Usage: node scripts/sample/build.mjs [--data DIR]
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gguf, rows } from './curated.mjs';
import { classes, ggufArch, records, truth, vectors } from './known.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const flag = process.argv.indexOf('--data');
const data = flag > 0 ? resolve(process.argv[flag + 1]) : join(root, '../shared/data');
const read = (name) => JSON.parse(readFileSync(join(data, name), 'utf8'));
if (!existsSync(join(data, 'models.json'))) {
  console.error(
    'The source data (../shared/data) is absent. facts/sample/models.json stands alone; nothing was changed.',
  );
  process.exit(2);
}

const llmfit = new Map(read('models.json').map((m) => [m.name, m]));
const local = new Map();
for (const m of read('model-quant-sizes.json'))
  if (m.hf_id && !local.has(m.hf_id)) local.set(m.hf_id, m);
const configs = read('hf-configs.json');
const ods = new Map();
for (const m of read('ods-model-library.json')) {
  const hit = /^https:\/\/huggingface\.co\/([^/]+\/[^/]+)\/resolve\/[^/]+\/(.+)$/.exec(
    m.gguf_url ?? '',
  );
  if (hit)
    ods.set(hit[1], [
      ...(ods.get(hit[1]) ?? []),
      { file: hit[2], size: m.size_bytes, ctx: m.max_context_length },
    ]);
}
const uris = new Map();
for (const uri of read('gguf-uris.json')) {
  const hit =
    /^(?:https:\/\/huggingface\.co\/|huggingface:\/\/|hf:\/\/)([^/]+\/[^/]+)\/(?:resolve\/[^/]+\/)?([^?]+)/.exec(
      uri,
    );
  if (hit) uris.set(hit[1], new Set([...(uris.get(hit[1]) ?? []), decodeURIComponent(hit[2])]));
}
const webllm = new Set(
  read('webllm-prebuilt-vram.json').map((m) => m.model.replace('https://huggingface.co/', '')),
);

const SRC = {
  llmfit: 'llmfit: llmfit-core/data/hf_models.json',
  llmfitBase: 'llmfit: llmfit-core/data/hf_models.json (base model)',
  local: 'localmodel.run: model catalogue',
  ods: 'ODS: model library',
  localai: 'LocalAI: gallery/index.yaml',
  webllm: 'web-llm: src/config.ts',
  ome: 'ome: config fixtures',
  vec: 'huggingface.js: client tests',
  mteb: 'mteb: mteb/models/model_implementations',
  floor: 'Hub API: earliest createdAt',
  known: 'common knowledge of the repository',
};

const isInt = (x) => Number.isSafeInteger(x) && x > 0;
const pad = (n, width) => String(n).padStart(width, '0');

/** Usual files of a transformers repository. */
function usual(o) {
  if (o.f) return o.f;
  const names = [
    'config.json',
    'generation_config.json',
    'tokenizer.json',
    'tokenizer_config.json',
    ...(o.fx ?? []),
  ];
  const sh = o.sh ?? -1;
  const weights = o.k === 'bin' ? ['pytorch_model', 'bin'] : ['model', 'safetensors'];
  if (sh === 0) names.push(`${weights[0]}.${weights[1]}`);
  else {
    names.push(`${weights[0]}.${weights[1]}.index.json`);
    if (typeof sh === 'string') {
      const last = Number(sh.split(':')[1]);
      for (let i = 0; i <= last; i++)
        names.push(`${weights[0]}-${pad(i, 5)}-of-${pad(last, 5)}.${weights[1]}`);
    } else if (sh > 0 && sh <= 64) {
      const width = o.shw ?? 5;
      for (let i = 1; i <= sh; i++)
        names.push(
          o.shn
            ? `model-${i}-of-${sh}.safetensors`
            : `${weights[0]}-${pad(i, 5)}-of-${pad(sh, width)}.${weights[1]}`,
        );
    }
  }
  return names;
}

// Contexts that the source multiplied by a rope factor, or filled with a default, are not used.
const DEFAULTED = new Set([
  'mamba',
  'falcon_mamba',
  'bloom',
  'falcon',
  'gpt2',
  'gpt_bigcode',
  'florence2',
  't5gemma',
  'encodec',
  'mimi',
  'internvl_chat',
  'blip-2',
  'paligemma',
  'chatglm',
  'cohere',
  'gemma3',
  'gemma4',
  'llava',
  'bitnet',
  'openvla',
  'wav2vec2-bert',
  'unknown',
]);
const NO_KV = new Set([
  'bert',
  'xlm-roberta',
  'gpt_neox',
  'gpt2',
  'opt',
  'bloom',
  'nomic_bert',
  'gpt_neo',
  'mpnet',
  'wav2vec2-bert',
  'mamba',
  'bart',
  'distilbert',
  'roberta',
  'rwkv',
  'encodec',
  'falcon',
  'chatglm',
  'nemotron-nas',
]);
const MLA = /^(deepseek|kimi|glm_moe_dsa|glm4_moe_lite)/;

function contextOf(m) {
  if (!m || m.num_hidden_layers == null || DEFAULTED.has(m.architecture)) return undefined;
  return m.context_length > 0 && m.context_length <= 262144 ? m.context_length : undefined;
}

function geometry(id, o, sources) {
  const out = {};
  const m = llmfit.get(id) ?? llmfit.get(o.as);
  const type = o.mt ?? (m && m.architecture !== 'unknown' ? m.architecture : undefined);
  const known = truth[id] ?? {};
  const cls = o.arch ?? classes[type];
  if (cls) out.architectures = [cls];
  if (type) out.model_type = type;
  const cfgName = o.cfg ?? known.cfg;
  const cfg = cfgName ? configs[cfgName] : undefined;
  const pick = (key) => {
    const value = cfg?.[key] ?? cfg?.text_config?.[key];
    return isInt(value) ? value : undefined;
  };
  if (cfg) sources.add(SRC.ome);
  const ctx = o.ctx ?? pick('max_position_embeddings') ?? (o.ctxdrop ? undefined : contextOf(m));
  if (ctx) out.max_position_embeddings = ctx;
  for (const key of [
    'num_hidden_layers',
    'hidden_size',
    'num_attention_heads',
    'num_key_value_heads',
    'head_dim',
    'vocab_size',
  ]) {
    let value = pick(key);
    if (value === undefined && m && m.num_hidden_layers != null && isInt(m[key]) && !o.nogeo) {
      value = m[key];
      if (key === 'num_key_value_heads' && NO_KV.has(type)) value = undefined;
      if (
        key === 'head_dim' &&
        (MLA.test(type) || value * m.num_attention_heads === m.hidden_size || NO_KV.has(type))
      )
        value = undefined;
    }
    if (value !== undefined) out[key] = value;
  }
  if (o.q) {
    const q = {};
    if (o.q[0]) q.quant_method = o.q[0];
    if (o.q[1]) q.bits = o.q[1];
    out.quantization_config = q;
  }
  return Object.keys(out).length ? out : undefined;
}

function popularity(row, id, sources, as) {
  const m = llmfit.get(id) ?? llmfit.get(as);
  const other = llmfit.get(as);
  const l = local.get(id) ?? local.get(as);
  if (m?.hf_downloads > 0) {
    row.downloads = m.hf_downloads;
    sources.add(SRC.llmfit);
  } else if (l?.hf_downloads > 0) {
    row.downloads = l.hf_downloads;
    sources.add(SRC.local);
  }
  if (m?.hf_likes > 0) row.likes = m.hf_likes;
  else if (l?.hf_likes > 0) {
    row.likes = l.hf_likes;
    sources.add(SRC.local);
  }
  if (m?.release_date && m.hf_downloads > 0) row.created = m.release_date;
  const rec = records[id];
  if (rec) {
    if (row.downloads === undefined && rec.downloads) row.downloads = rec.downloads;
    if (row.likes === undefined && rec.likes) row.likes = rec.likes;
    if (row.created === undefined && rec.created) row.created = rec.created;
    for (const from of rec.from) sources.add(from);
  }
  if (other?.hf_likes > 0 && !row.likes) row.likes = other.hf_likes;
  if (other?.release_date && other.hf_downloads > 0 && !row.created)
    row.created = other.release_date;
}

const clean = (row) => {
  const order = [
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
  const out = {};
  for (const key of order) {
    const value = row[key];
    if (value === undefined || value === null || (Array.isArray(value) && value.length === 0))
      continue;
    out[key] = value;
  }
  return out;
};

const KIND = {
  lm: { task: 'text-generation', lib: 'transformers' },
  bin: { task: 'text-generation', lib: 'transformers' },
  mlx: { task: 'text-generation', lib: 'mlx' },
  mlc: { task: undefined, lib: 'mlc-llm' },
  onnx: { task: 'text-generation', lib: 'transformers.js' },
  x: {},
};

function plain([id, o]) {
  const kind = KIND[o.k ?? 'lm'];
  const sources = new Set();
  const row = {
    id,
    task: 'task' in o ? o.task : kind.task,
    library: 'lib' in o ? o.lib : kind.lib,
    license: o.lic,
    gated: o.gate,
  };
  popularity(row, id, sources, o.as);
  if (o.old && !row.created) {
    row.created = '2022-03-02';
    sources.add(SRC.floor);
  }
  if (o.base) row.baseModel = { relation: o.base[0], id: o.base[1] };
  row.languages = o.lang;
  row.tags = o.tags;
  if (o.k !== 'mlc') row.config = geometry(id, o, sources);
  const m = llmfit.get(id) ?? llmfit.get(o.as);
  if (row.config && m) sources.add(SRC.llmfit);
  if (o.vec) {
    row.safetensors = vectors[id];
    sources.add(SRC.vec);
  } else if (o.mteb && truth[id]?.params) {
    row.safetensors = { [o.dt]: truth[id].params };
    sources.add(SRC.mteb);
  } else if (o.dt && !o.noparams && m && isInt(m.parameters_raw) && m.parameters_raw % 1e6 !== 0) {
    row.safetensors = { [o.dt]: m.parameters_raw };
    sources.add(SRC.llmfit);
  }
  const files =
    o.k === 'mlc'
      ? [
          'mlc-chat-config.json',
          'ndarray-cache.json',
          'params_shard_0.bin',
          'tokenizer.json',
          'tokenizer_config.json',
        ]
      : usual(o);
  if (o.k === 'mlc' && webllm.has(id)) sources.add(SRC.webllm);
  const sized = truth[id]?.sizes ?? {};
  row.files = [...new Set(files)].sort().map((f) => (sized[f] ? [f, sized[f]] : [f]));
  if (Object.keys(sized).length)
    sources.add('Hub API: tree of google-bert/bert-base-uncased at dd4bc8b');
  if (o.gguf) row.gguf = o.gguf;
  // The Hub adds this tag; it is kept where the file list cannot show the format.
  const shown = row.files.some(([f]) => /\.(safetensors|bin|gguf|onnx)$/.test(f));
  if (!shown && row.files.some(([f]) => f.includes('.safetensors')))
    row.tags = [...(row.tags ?? []), 'safetensors'];
  sources.add(SRC.known);
  row.sources = [...sources];
  return clean(row);
}

/** A split series is named by its count, so all its names are known from one. */
function complete(names) {
  const out = new Set(names);
  for (const name of names) {
    const hit = /^(.*-)(\d{5})-of-(\d{5})\.gguf$/.exec(name);
    if (!hit) continue;
    for (let i = 1; i <= Number(hit[3]); i++) out.add(`${hit[1]}${pad(i, 5)}-of-${hit[3]}.gguf`);
  }
  return out;
}

/** 1e9 or 2**30: some of the source's "GB" are binary. Q8_0 is 8.5 bits a weight, which tells them apart. */
function unit(entry, params) {
  const q8 = entry.q8_0_gb;
  if (!q8 || !params) return undefined;
  const bpw = (q8 * 8e9) / params;
  if (bpw > 8.4 && bpw < 8.65) return 1e9;
  if (bpw > 7.85 && bpw < 8.05) return 2 ** 30;
  return undefined;
}

function ggufRow([id, base, o]) {
  const sources = new Set();
  const row = {
    id,
    task:
      'task' in o ? o.task : o.nolm ? undefined : o.vlm ? 'image-text-to-text' : 'text-generation',
    library: id.startsWith('mradermacher/') ? 'transformers' : undefined,
    license: o.lic,
  };
  popularity(row, id, sources);
  if (base) row.baseModel = { relation: 'quantized', id: base };
  row.languages = o.lang;
  const tags = [];
  if (!o.nolm && base) tags.push('conversational');
  if (o.code) tags.push('code');
  if (id.startsWith('unsloth/')) tags.push('unsloth');
  row.tags = tags;
  const names = new Map();
  if (uris.has(id)) {
    for (const name of complete(uris.get(id))) names.set(name, [name]);
    sources.add(SRC.localai);
  }
  for (const name of o.files ?? []) names.set(name, [name]);
  const b = base ? (llmfit.get(base) ?? llmfit.get(o.as)) : undefined;
  const known = base ? truth[base] : undefined;
  const params =
    b && isInt(b.parameters_raw) && b.parameters_raw % 1e6 !== 0 && b.hf_downloads > 0 && !o.vlm
      ? b.parameters_raw
      : undefined;
  const entry = base
    ? [...local.values()].find(
        (m) =>
          (m.hf_id === base || m.hf_id === o.as) &&
          m.sources.some((s) => s.includes(`huggingface.co/${id}`)),
      )
    : undefined;
  if (entry && (!o.vlm || o.unit)) {
    const scale = o.unit ?? unit(entry, params ?? known?.params);
    const many =
      entry.sources.filter((s) => /huggingface\.co\/[^/]+\/[^/]*gguf/i.test(s)).length > 1;
    if (scale && !many) {
      const stem = stemOf(id);
      for (const [label, gb] of [
        ['Q4_K_M', entry.q4_k_m_gb],
        ['Q8_0', entry.q8_0_gb],
      ]) {
        const size = Math.round((gb * scale) / 1e6) * 1e6;
        if (!gb || size > 45e9) continue;
        const name = stem(label);
        names.set(name, [name, size, 'rounded']);
      }
      sources.add(SRC.local);
    }
  }
  for (const pin of ods.get(id) ?? []) {
    names.set(
      pin.file,
      isInt(pin.size) ? [pin.file, pin.size] : (names.get(pin.file) ?? [pin.file]),
    );
    sources.add(SRC.ods);
  }
  const g = {};
  const arch = o.arch ?? (b ? ggufArch[b.architecture] : undefined);
  if (arch) g.architecture = arch;
  const ctx = o.ctx ?? (ods.get(id) ?? []).find((p) => p.ctx)?.ctx ?? contextOf(b);
  if (ctx) g.context_length = ctx;
  if (o.total === 'hub') {
    g.total = 4205751296;
    sources.add('Hub API: gguf block of unsloth/Qwen3.5-4B-GGUF');
  } else if (o.total === 'vec') {
    g.total = Object.values(vectors[base]).reduce((a, n) => a + n, 0);
    sources.add(SRC.vec);
  } else if (params && o.total !== 'none' && !o.nolm) {
    g.total = params;
    sources.add(SRC.llmfitBase);
  }
  if (Object.keys(g).length) row.gguf = g;
  row.files = [...names.values()].sort((x, y) => (x[0] < y[0] ? -1 : x[0] > y[0] ? 1 : 0));
  sources.add(SRC.known);
  row.sources = [...sources];
  return clean(row);
}

/** File naming of the well-known packers. */
function stemOf(id) {
  const [org, name] = id.split('/');
  const stem = name.replace(/[-_]?gguf$/i, '');
  if (org === 'TheBloke') return (q) => `${stem.toLowerCase()}.${q}.gguf`;
  if (org === 'mradermacher' || org === 'MaziyarPanahi' || org === 'QuantFactory')
    return (q) => `${stem}.${q}.gguf`;
  if (org === 'Qwen' && stem.startsWith('Qwen2.5'))
    return (q) => `${stem.toLowerCase()}-${q.toLowerCase()}.gguf`;
  return (q) => `${stem}-${q}.gguf`;
}

const out = [...rows.map(plain), ...gguf.map(ggufRow)];
out.sort((x, y) => (y.downloads ?? 0) - (x.downloads ?? 0) || (x.id < y.id ? -1 : 1));
writeFileSync(
  join(root, 'facts/sample/models.json'),
  `[\n${out.map((row) => JSON.stringify(row)).join(',\n')}\n]\n`,
);
console.log(`${out.length} models written`);
