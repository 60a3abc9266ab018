// Rows of GGUF repositories.
import { ggufArch, truth, vectors } from './known.mjs';
import { isPositive } from './lib.mjs';
import { contextOf, finished, known, pad, popularity, range } from './row.mjs';
import { exactParameters, SRC } from './sources.mjs';

/** Parameters in the Hub's own `gguf` block of unsloth/Qwen3.5-4B-GGUF. */
const HUB_TOTAL = 4205751296;

/** One row: [id, base model, options]; the options are described in curated.mjs. */
export function ggufRow(data, [id, base, o]) {
  const sources = new Set();
  const popular = popularity(data, id, undefined, sources);
  const figures = base ? (data.llmfit.get(base) ?? data.llmfit.get(o.as)) : undefined;
  const counted = figures?.hf_downloads > 0 && !o.vlm;
  const parameters = counted ? exactParameters(figures) : undefined;
  const row = { id, base, o, figures, parameters, sources };
  const files = filesOf(data, row);
  const gguf = headerOf(data, row);
  return finished({ id, ...named(row), ...popular, tags: tagsOf(row), gguf, files }, sources);
}

/** What the choice itself says. */
function named({ id, base, o }) {
  return {
    task: 'task' in o ? o.task : usualTask(o),
    library: id.startsWith('mradermacher/') ? 'transformers' : undefined,
    license: o.lic,
    baseModel: base && { relation: 'quantized', id: base },
    languages: o.lang,
  };
}

function usualTask({ nolm, vlm }) {
  if (nolm) return undefined;
  return vlm ? 'image-text-to-text' : 'text-generation';
}

function tagsOf({ id, base, o }) {
  return [
    !o.nolm && base && 'conversational',
    o.code && 'code',
    id.startsWith('unsloth/') && 'unsloth',
  ].filter(Boolean);
}

/** From the least exact source to the most exact: a later one replaces a file of the same name. */
function filesOf(data, row) {
  const listed = [...complete(listedIn(data, row)), ...(row.o.files ?? [])];
  const files = new Map(listed.map((name) => [name, [name]]));
  for (const file of roundedFiles(data, row)) files.set(file[0], file);
  for (const { file, size } of data.pins.get(row.id) ?? []) {
    files.set(file, isPositive(size) ? [file, size] : (files.get(file) ?? [file]));
    row.sources.add(SRC.ods);
  }
  return [...files.values()].sort(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0));
}

function listedIn({ uris }, { id, sources }) {
  if (uris.has(id)) sources.add(SRC.localai);
  return uris.get(id) ?? [];
}

/** A split series is named by its count, so all its names are known from one. */
function complete(names) {
  const out = new Set(names);
  for (const name of names) {
    const [, stem, , count] = /^(.*-)(\d{5})-of-(\d{5})\.gguf$/.exec(name) ?? [];
    for (const index of range(1, Number(count ?? 0))) {
      out.add(`${stem}${pad(index, 5)}-of-${count}.gguf`);
    }
  }
  return out;
}

/** Files whose size the catalogue has in gigabytes. */
function roundedFiles({ local }, { id, base, o, parameters, sources }) {
  const entry = base && [...local.values()].find((one) => isOf(one, id, [base, o.as]));
  if (!entry || (o.vlm && !o.unit)) return [];
  const scale = o.unit ?? unit(entry, parameters ?? truth[base]?.params);
  if (!scale || packers(entry) > 1) return [];
  sources.add(SRC.local);
  const stem = stemOf(id);
  return [
    ['Q4_K_M', entry.q4_k_m_gb],
    ['Q8_0', entry.q8_0_gb],
  ]
    .map(([label, gigabytes]) => [stem(label), Math.round((gigabytes * scale) / 1e6) * 1e6])
    .filter(([, size]) => size > 0 && size <= 45e9)
    .map((file) => [...file, 'rounded']);
}

function isOf(entry, id, names) {
  const isLinked = entry.sources.some((source) => source.includes(`huggingface.co/${id}`));
  return names.includes(entry.hf_id) && isLinked;
}

/** Of several GGUF repositories nobody says whose size it is. */
function packers({ sources }) {
  return sources.filter((source) => /huggingface\.co\/[^/]+\/[^/]*gguf/i.test(source)).length;
}

/** 1e9 or 2**30: some of the source's "GB" are binary. Q8_0 is 8.5 bits a weight, which tells them apart. */
function unit({ q8_0_gb: q8 }, parameters) {
  if (!q8 || !parameters) return undefined;
  const bits = (q8 * 8e9) / parameters;
  if (bits > 8.4 && bits < 8.65) return 1e9;
  if (bits > 7.85 && bits < 8.05) return 2 ** 30;
  return undefined;
}

/** File naming of the well-known packers. */
function stemOf(id) {
  const [org, name] = id.split('/');
  const stem = name.replace(/[-_]?gguf$/i, '');
  const lower = stem.toLowerCase();
  if (org === 'TheBloke') return (label) => `${lower}.${label}.gguf`;
  if (['mradermacher', 'MaziyarPanahi', 'QuantFactory'].includes(org)) {
    return (label) => `${stem}.${label}.gguf`;
  }
  const small = org === 'Qwen' && stem.startsWith('Qwen2.5');
  return (label) => (small ? `${lower}-${label.toLowerCase()}.gguf` : `${stem}-${label}.gguf`);
}

/** What the Hub reads from a file's header. */
function headerOf({ pins }, row) {
  const { id, o, figures } = row;
  const pinned = (pins.get(id) ?? []).find(({ context }) => context)?.context;
  return known({
    architecture: o.arch ?? ggufArch[figures?.architecture],
    context_length: o.ctx ?? pinned ?? contextOf(figures),
    total: total(row),
  });
}

function total({ base, o, parameters, sources }) {
  if (o.total === 'hub') {
    sources.add(SRC.ggufBlock);
    return HUB_TOTAL;
  }
  if (o.total === 'vec') {
    sources.add(SRC.vec);
    return Object.values(vectors[base]).reduce((sum, count) => sum + count, 0);
  }
  if (!parameters || o.total === 'none' || o.nolm) return undefined;
  sources.add(SRC.llmfitBase);
  return parameters;
}
