// Rows of repositories in the usual formats: all but GGUF.
import { classes, truth, vectors } from './known.mjs';
import { FLOOR, GEOMETRY, isPositive } from './lib.mjs';
import { contextOf, finished, known, pad, popularity, range } from './row.mjs';
import { exactParameters, SRC } from './sources.mjs';

/** What kinds of rows have where they say nothing else. */
const KIND = {
  lm: { task: 'text-generation', lib: 'transformers' },
  bin: { task: 'text-generation', lib: 'transformers' },
  mlx: { task: 'text-generation', lib: 'mlx' },
  mlc: { task: undefined, lib: 'mlc-llm' },
  onnx: { task: 'text-generation', lib: 'transformers.js' },
  x: {},
};

const MLC_FILES = [
  'mlc-chat-config.json',
  'ndarray-cache.json',
  'params_shard_0.bin',
  'tokenizer.json',
  'tokenizer_config.json',
];

/** Model types whose configs have no key-value heads and no `head_dim`. */
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

/** One row; the options are described in curated.mjs. */
export function plainRow(data, [id, o]) {
  const sources = new Set();
  const figures = data.llmfit.get(id) ?? data.llmfit.get(o.as);
  const popular = popularity(data, id, o.as, sources);
  const created = popular.created ?? floor(o, sources);
  const config = o.k === 'mlc' ? undefined : configOf(data, id, o, sources);
  if (config && figures) sources.add(SRC.llmfit);
  const safetensors = parameters(id, o, figures, sources);
  const files = filesOf(data, id, o, sources);
  const row = { id, ...named(o), ...popular, created, config, safetensors, files, gguf: o.gguf };
  return finished({ ...row, tags: tagsOf(o, files) }, sources);
}

/** What the choice itself says. */
function named(o) {
  const kind = KIND[o.k ?? 'lm'];
  return {
    task: 'task' in o ? o.task : kind.task,
    library: 'lib' in o ? o.lib : kind.lib,
    license: o.lic,
    gated: o.gate,
    baseModel: o.base && { relation: o.base[0], id: o.base[1] },
    languages: o.lang,
  };
}

function floor(o, sources) {
  if (!o.old) return undefined;
  sources.add(SRC.floor);
  return FLOOR;
}

function configOf(data, id, o, sources) {
  const figures = data.llmfit.get(id) ?? data.llmfit.get(o.as);
  const type = o.mt ?? (figures?.architecture === 'unknown' ? undefined : figures?.architecture);
  const config = data.configs[o.cfg ?? truth[id]?.cfg];
  if (config) sources.add(SRC.ome);
  const name = o.arch ?? classes[type];
  const assumed = o.ctxdrop ? undefined : contextOf(figures);
  const counts = GEOMETRY.map((key) => [key, count(key, config, o.nogeo ? {} : figures, type)]);
  return known({
    architectures: name && [name],
    model_type: type,
    max_position_embeddings: o.ctx ?? stated(config, 'max_position_embeddings') ?? assumed,
    ...Object.fromEntries(counts),
    quantization_config: o.q && (known({ quant_method: o.q[0], bits: o.q[1] }) ?? {}),
  });
}

function stated(config, key) {
  const value = config?.[key] ?? config?.text_config?.[key];
  return isPositive(value) ? value : undefined;
}

/** As the full config states it, or the source's table where that can be trusted. */
function count(key, config, figures, type) {
  const exact = stated(config, key);
  if (exact !== undefined || figures?.num_hidden_layers == null) return exact;
  return isPositive(figures[key]) && !isWorkedOut(key, figures, type) ? figures[key] : undefined;
}

/** The source fills in head counts that the model's config does not have. */
function isWorkedOut(key, figures, type) {
  if (key === 'num_key_value_heads') return NO_KV.has(type);
  if (key !== 'head_dim') return false;
  const quotient = figures.head_dim * figures.num_attention_heads === figures.hidden_size;
  return quotient || MLA.test(type) || NO_KV.has(type);
}

/** Parameters by dtype. */
function parameters(id, o, figures, sources) {
  if (o.vec) {
    sources.add(SRC.vec);
    return vectors[id];
  }
  if (o.mteb && truth[id]?.params) {
    sources.add(SRC.mteb);
    return { [o.dt]: truth[id].params };
  }
  const total = o.dt && !o.noparams ? exactParameters(figures) : undefined;
  if (total === undefined) return undefined;
  sources.add(SRC.llmfit);
  return { [o.dt]: total };
}

function filesOf({ webllm }, id, o, sources) {
  if (o.k === 'mlc' && webllm.has(id)) sources.add(SRC.webllm);
  const sizes = truth[id]?.sizes;
  if (sizes) sources.add(SRC.tree);
  const names = o.k === 'mlc' ? MLC_FILES : usual(o);
  return [...new Set(names)].sort().map((name) => (sizes?.[name] ? [name, sizes[name]] : [name]));
}

/** The usual files of a transformers repository. */
function usual(o) {
  if (o.f) return o.f;
  const common = ['config.json', 'generation_config.json', 'tokenizer.json'];
  return [...common, 'tokenizer_config.json', ...(o.fx ?? []), ...weights(o)];
}

function weights(o) {
  const [stem, end] = o.k === 'bin' ? ['pytorch_model', 'bin'] : ['model', 'safetensors'];
  if (o.sh === 0) return [`${stem}.${end}`];
  return [`${stem}.${end}.index.json`, ...shards(o, stem, end)];
}

/** `sh` is a count, or `0:last` for a series that starts at 0; of long series the index says enough. */
function shards({ sh = -1, shw = 5, shn }, stem, end) {
  const name = (index, last, width) => `${stem}-${pad(index, 5)}-of-${pad(last, width)}.${end}`;
  if (typeof sh === 'string') {
    const last = Number(sh.split(':')[1]);
    return range(0, last).map((index) => name(index, last, 5));
  }
  if (sh > 64) return [];
  if (shn) return range(1, sh).map((index) => `model-${index}-of-${sh}.safetensors`);
  return range(1, sh).map((index) => name(index, sh, shw));
}

/** The Hub adds the tag `safetensors`; it is kept where the file list cannot show the format. */
function tagsOf({ tags = [] }, files) {
  const shown = files.some(([name]) => /\.(safetensors|bin|gguf|onnx)$/.test(name));
  const indexed = files.some(([name]) => name.includes('.safetensors'));
  return !shown && indexed ? [...tags, 'safetensors'] : tags;
}
