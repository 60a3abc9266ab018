// From sample rows (and extra repositories) to what the Hub would say about them. Figures that a row
// does not have are derived from its id by a hash, so that they never change between runs.

import { digest } from './bytes.ts';
import { CHAT_TEMPLATE } from './chat-template.ts';
import { realFiles, sampleFiles } from './files.ts';
import { hubTags } from './tags.ts';
import type { ExtraRepo, Repo, RepoFile, SampleFile, SampleModel } from './types.ts';

/** A row whose file list may be empty but is there. */
type Row = SampleModel & { files: SampleFile[] };

/** The Hub's own earliest `createdAt`. */
const EPOCH = Date.parse('2022-03-02T23:29:04.000Z');
const DAY = 86_400_000;
const REDUCED_QUANTIZATION = ['quant_method', 'bits', 'load_in_4bit', 'load_in_8bit'];

const AUTO_MODELS: Record<string, string> = {
  'text-generation': 'AutoModelForCausalLM',
  'fill-mask': 'AutoModelForMaskedLM',
  'feature-extraction': 'AutoModel',
  'sentence-similarity': 'AutoModel',
  'text-classification': 'AutoModelForSequenceClassification',
  'image-text-to-text': 'AutoModelForImageTextToText',
  'automatic-speech-recognition': 'AutoModelForSpeechSeq2Seq',
};

/** A stable number below `limit`. */
function number(id: string, what: string, limit: number): number {
  return Number.parseInt(digest('sha1', `${what} of ${id}`).slice(0, 8), 16) % limit;
}

export const keyOf = (id: string): string => digest('sha1', id).slice(0, 24);

function createdAt({ id, created }: Row): number {
  const day = created ? Date.parse(`${created}T00:00:00Z`) : EPOCH + number(id, 'day', 1500) * DAY;
  return Math.max(EPOCH, day + number(id, 'time', DAY));
}

function pick(source: Record<string, unknown>, keys: string[]): Record<string, unknown> {
  return Object.fromEntries(keys.filter((key) => key in source).map((key) => [key, source[key]]));
}

function isChat(model: Row): boolean {
  return model.task === 'text-generation' || model.task === 'image-text-to-text';
}

function tokenizerConfig(model: Row): Record<string, unknown> | undefined {
  if (!model.files.some(([path]) => path === 'tokenizer_config.json')) return undefined;
  const tokens = { bos_token: '<s>', eos_token: '</s>', pad_token: '<pad>', unk_token: '<unk>' };
  return isChat(model) ? { ...tokens, chat_template: CHAT_TEMPLATE } : tokens;
}

function peftConfig({ library, baseModel }: Row): Record<string, unknown> | undefined {
  return library === 'peft' && baseModel
    ? { base_model_name_or_path: baseModel.id, task_type: 'CAUSAL_LM' }
    : undefined;
}

/** Section 3.1: no layer counts, heads or sizes here; those are only in the file itself. */
function reducedConfig(model: Row): Record<string, unknown> | undefined {
  const tokenizer = tokenizerConfig(model);
  const peft = peftConfig(model);
  if (!model.config && !tokenizer && !peft) return undefined;
  const config = model.config ?? {};
  const quantization = config.quantization_config as Record<string, unknown> | undefined;
  return {
    ...pick(config, ['architectures', 'model_type', 'auto_map']),
    ...(quantization && { quantization_config: pick(quantization, REDUCED_QUANTIZATION) }),
    ...(tokenizer && { tokenizer_config: tokenizer }),
    ...(peft && { peft }),
  };
}

function safetensors(model: Row): Record<string, unknown> | undefined {
  if (!model.safetensors) return undefined;
  const total = Object.values(model.safetensors).reduce((sum, count) => sum + count, 0);
  return { parameters: model.safetensors, total };
}

/** One file of the repository stands for all: `totalFileSize` is that file's size. */
function gguf(model: Row, files: RepoFile[]): Record<string, unknown> | undefined {
  if (!model.gguf) return undefined;
  const read = files.find(({ path }) => path.endsWith('.gguf') && !/mmproj|imatrix/.test(path));
  return {
    ...model.gguf,
    ...(read && { totalFileSize: read.size }),
    chat_template: CHAT_TEMPLATE,
    bos_token: '<s>',
    eos_token: '</s>',
  };
}

function cardData(model: Row): Record<string, unknown> {
  const { baseModel, languages, license, library, task, tags } = model;
  return dropAbsent({
    language: languages?.length === 1 ? languages[0] : languages,
    license,
    library_name: library,
    tags,
    base_model: baseModel?.id,
    base_model_relation: baseModel?.relation,
    pipeline_tag: task,
  });
}

function transformersInfo(model: Row): Record<string, unknown> | undefined {
  const auto = AUTO_MODELS[model.task ?? ''];
  if (model.library !== 'transformers' || !auto) return undefined;
  return { auto_model: auto, pipeline_tag: model.task, processor: 'AutoTokenizer' };
}

/** Contract 9.9: a value that is absent is a missing key, never null. */
export function dropAbsent(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined && value !== null),
  );
}

function popularity({ id, likes = 0, downloads = 0 }: Row): Record<string, number> {
  return {
    likes,
    downloads,
    trendingScore: Math.floor((likes + downloads / 10_000) / (1 + number(id, 'trend', 97))),
    downloadsAllTime: downloads * (2 + number(id, 'age', 30)),
  };
}

function identity(model: Row, access: ExtraRepo | undefined): Record<string, unknown> {
  const created = createdAt(model);
  const modified = created + number(model.id, 'edits', 90) * DAY;
  return {
    _id: keyOf(model.id),
    id: model.id,
    modelId: model.id,
    author: model.id.includes('/') ? model.id.split('/')[0] : undefined,
    sha: digest('sha1', `commit of ${model.id}`),
    createdAt: new Date(created).toISOString(),
    lastModified: new Date(modified).toISOString(),
    private: access?.private ?? false,
    gated: model.gated ?? false,
    disabled: access?.disabled ?? false,
    gitalyUid: digest('sha256', `git store of ${model.id}`),
  };
}

function description(model: Row, files: RepoFile[]): Record<string, unknown> {
  return {
    pipeline_tag: model.task,
    library_name: model.library,
    siblings: files.map(({ path }) => ({ rfilename: path })),
    spaces: [],
    cardData: cardData(model),
    config: reducedConfig(model),
    transformersInfo: transformersInfo(model),
    safetensors: safetensors(model),
    gguf: gguf(model, files),
    mask_token: model.task === 'fill-mask' ? '[MASK]' : undefined,
    usedStorage: files.reduce((sum, file) => sum + file.size, 0),
  };
}

function sortValues(model: Row, fields: Record<string, unknown>): Repo['sortValues'] {
  const total = (fields.safetensors ?? fields.gguf) as { total?: number } | undefined;
  const sizes = model.files.map(([, size]) => size ?? 0);
  return {
    likes7d: number(model.id, 'week', 1 + Math.floor((model.likes ?? 0) / 40)),
    likes30d: number(model.id, 'month', 1 + Math.floor((model.likes ?? 0) / 10)),
    num_parameters: total?.total,
    mainSize: sizes.length > 0 ? Math.max(...sizes) : undefined,
  };
}

function makeRepo(model: Row, files: RepoFile[], settings: RowSettings, extra?: ExtraRepo): Repo {
  const fields = dropAbsent({
    ...identity(model, extra),
    ...popularity(model),
    ...description(model, files),
    tags: hubTags(model, settings.taskInTags ?? false),
    ...extra?.fields,
  });
  const sha = String(fields.sha);
  return {
    id: model.id,
    key: String(fields._id),
    sha,
    private: extra?.private ?? false,
    disabled: extra?.disabled ?? false,
    gated: model.gated ?? false,
    lastModified: String(fields.lastModified),
    files,
    revisions: { main: sha, ...extra?.revisions },
    formerIds: extra?.formerIds ?? [],
    fields,
    sortValues: sortValues(model, fields),
  };
}

export interface RowSettings {
  taskInTags?: boolean;
  estimateSizes?: boolean;
}

export function repoOfRow(row: SampleModel, settings: RowSettings = {}): Repo {
  const model: Row = { ...row, files: row.files ?? [] };
  return makeRepo(model, sampleFiles(model, settings.estimateSizes), settings);
}

function configOf(extra: ExtraRepo): Record<string, unknown> | undefined {
  const text = extra.files['config.json'];
  return typeof text === 'string' ? JSON.parse(text) : undefined;
}

export function repoOfExtra(extra: ExtraRepo, settings: RowSettings = {}): Repo {
  const files = realFiles(extra.id, extra.files);
  const config = extra.config ?? configOf(extra);
  const model: Row = {
    ...extra,
    ...(config && { config }),
    files: files.map(({ path, size }) => [path, size]),
  };
  return makeRepo(model, files, settings, extra);
}
