import { type Command, InvalidArgumentError, Option } from 'commander';
import type { CacheType } from '../generated/memory.d.ts';
import type { DraftOptions, EstimateOptions, LlamaCppRuntime } from '../plan/estimate-options.ts';
import { inspectLocal } from './inspect-local.ts';

/** Options that say how a model is run, by llama.cpp's own names. */
export interface LlamaOptions {
  runtime?: LlamaCppRuntime;
  hardware?: string;
  context?: number;
  batchSize?: number;
  ubatchSize?: number;
  parallel?: number;
  kvUnified?: boolean;
  cacheTypeK?: CacheType;
  cacheTypeV?: CacheType;
  flashAttn?: 'auto' | 'on' | 'off';
  swaFull?: boolean;
  gpuLayers?: number | 'auto' | 'all';
  cpuMoe?: boolean;
  nCpuMoe?: number;
  tensorSplit?: number[];
  kvOffload?: boolean;
  mmap?: boolean;
  repack?: boolean;
  embeddings?: boolean;
  fit?: 'on' | 'off';
  mmproj?: string;
  lora?: string[];
  modelDraft?: string;
  specDraftNMax?: number;
  mtp?: boolean;
}

/** llama.cpp's short and further names of the same options. */
const NAMES: Readonly<Record<string, string>> = {
  '--ctx-size': '--context',
  '--n-gpu-layers': '--gpu-layers',
  '-cmoe': '--cpu-moe',
  '-ctk': '--cache-type-k',
  '-ctv': '--cache-type-v',
  '-fa': '--flash-attn',
  '-fit': '--fit',
  '-kvu': '--kv-unified',
  '-md': '--model-draft',
  '-ncmoe': '--n-cpu-moe',
  '-ngl': '--gpu-layers',
  '-nkvo': '--no-kv-offload',
  '-np': '--parallel',
  '-ts': '--tensor-split',
  '-ub': '--ubatch-size',
};

/** Arguments with each option by the one name that is read here. */
export function byOneName(args: readonly string[]): string[] {
  return args.map((arg) => NAMES[arg] ?? arg);
}

/** The runtimes that are llama.cpp inside. */
export const RUNTIMES: readonly string[] = [
  'llama.cpp',
  'ollama',
  'lm-studio',
  'wllama',
  'node-llama-cpp',
];
const CACHE_TYPES = ['f32', 'f16', 'bf16', 'q8_0', 'q5_1', 'q5_0', 'q4_1', 'q4_0', 'iq4_nl'];

/** Adds what a plan depends on: runtime, hardware, context, sequences, caches. */
export function addWorkloadOptions(
  command: Command,
  runtimes: readonly string[] = RUNTIMES,
): Command {
  return command
    .addOption(new Option('--runtime <name>', 'the runtime; llama.cpp').choices(runtimes))
    .option('--hardware <text>', 'RTX 4090, 2x3090 + 64 GB RAM, M3 Max 64GB')
    .option('-c, --context <tokens>', 'tokens of context, all sequences', integer)
    .option('--parallel <n>', 'sequences at the same time', count)
    .addOption(new Option('--cache-type-k <type>', 'how keys are stored').choices(CACHE_TYPES))
    .addOption(new Option('--cache-type-v <type>', 'how values are stored').choices(CACHE_TYPES))
    .addOption(new Option('--flash-attn <when>', 'attention').choices(['auto', 'on', 'off']));
}

/** Adds all of llama.cpp's options that memory depends on. */
export function addLlamaOptions(command: Command): Command {
  return addWorkloadOptions(command)
    .option('-b, --batch-size <n>', 'tokens that are given at once', count)
    .option('--ubatch-size <n>', 'tokens that are computed at once', count)
    .option('--kv-unified', 'one cache for all sequences')
    .option('--no-kv-unified', 'a cache for each sequence')
    .option('--swa-full', 'layers with a window keep the whole context')
    .option('--gpu-layers <n>', 'layers on GPUs: a number, auto, all', layers)
    .option('--cpu-moe', 'experts stay in the computer’s memory')
    .option('--n-cpu-moe <n>', 'those of the first layers do', count)
    .option('--tensor-split <shares>', 'the share of each GPU: 3,1', shares)
    .option('--no-kv-offload', 'caches stay in the computer’s memory')
    .option('--no-mmap', 'files are read, not mapped')
    .option('--no-repack', 'weights are not laid out anew for the CPU')
    .option('--embeddings', 'embeddings are wanted')
    .addOption(new Option('--fit <when>', 'follow what memory is free').choices(['on', 'off']))
    .option('--mmproj <file>', 'a projector: a path or a URL')
    .option('--lora <file...>', 'low-rank adapters: paths or URLs')
    .option('--model-draft <file>', 'a draft model: a path or a URL')
    .option('--spec-draft-n-max <n>', 'tokens that a draft guesses at most', count)
    .option('--mtp', 'the model’s own further layers draft (--spec-type draft-mtp)');
}

/** The same for the library; what lies beside the model is read. */
export async function estimateOptions(options: LlamaOptions): Promise<EstimateOptions> {
  const { mmproj, lora, cpuMoe, nCpuMoe, fit, kvOffload } = options;
  return {
    ...workload(options),
    ...given('batch', options.batchSize),
    ...given('ubatch', options.ubatchSize),
    ...given('kvUnified', options.kvUnified),
    ...given('swaFull', options.swaFull),
    ...given('gpuLayers', options.gpuLayers),
    ...given('cpuMoe', cpuMoe ? ('all' as const) : nCpuMoe),
    ...given('tensorSplit', options.tensorSplit),
    ...given('noKvOffload', kvOffload === false ? true : undefined),
    ...given('mmap', options.mmap === false ? false : undefined),
    ...given('repack', options.repack === false ? false : undefined),
    ...given('embeddings', options.embeddings),
    ...given('fit', fit && fit === 'on'),
    ...given('mtp', options.mtp),
    ...given('mmproj', mmproj && (await inspectLocal(mmproj))),
    ...given('lora', lora && (await Promise.all(lora.map(inspectLocal)))),
    ...given('draft', await draft(options)),
  } as EstimateOptions;
}

/** What a plan depends on, for the library. */
export function workload(options: LlamaOptions): EstimateOptions {
  return {
    ...given('runtime', options.runtime),
    ...given('hardware', options.hardware),
    ...given('contextLength', options.context),
    ...given('parallel', options.parallel),
    ...given('cacheTypeK', options.cacheTypeK),
    ...given('cacheTypeV', options.cacheTypeV),
    ...given('flashAttention', options.flashAttn),
  } as EstimateOptions;
}

async function draft({
  modelDraft,
  specDraftNMax,
}: LlamaOptions): Promise<DraftOptions | undefined> {
  if (modelDraft === undefined && specDraftNMax === undefined) return undefined;
  const model = modelDraft === undefined ? undefined : await inspectLocal(modelDraft);
  return { ...(model && { model }), ...(specDraftNMax !== undefined && { tokens: specDraftNMax }) };
}

function given(key: string, value: unknown): Record<string, unknown> {
  return value === undefined || value === '' ? {} : { [key]: value };
}

/** Negative ones too: what a runtime makes of them is told. */
function integer(text: string): number {
  const number = Number(text);
  if (Number.isInteger(number)) return number;
  throw new InvalidArgumentError('expected a whole number.');
}

function count(text: string): number {
  const number = Number(text);
  if (text !== '' && Number.isInteger(number) && number >= 0) return number;
  throw new InvalidArgumentError('expected a whole number of at least 0.');
}

function layers(text: string): number | 'auto' | 'all' {
  return text === 'auto' || text === 'all' ? text : count(text);
}

function shares(text: string): number[] {
  const found = text.split(/[,/]/).map(Number);
  if (found.every((share) => Number.isFinite(share) && share >= 0)) return found;
  throw new InvalidArgumentError('expected numbers with commas between them.');
}
