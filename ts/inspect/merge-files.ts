import { callReaders } from '../core/call-readers.ts';
import { callRepository } from '../core/call-repository.ts';
import type { ConfigFacts, Geometry } from '../generated/repository.d.ts';
import type { HFModel } from '../hub/hf-model.ts';
import { extractModelMetadata } from './extract-model-metadata.ts';
import { fileEvidence } from './file-evidence.ts';
import { groupFiles } from './group-files.ts';
import type { InspectedFile, ModelInspection } from './inspect-model.ts';
import type { ModelEvidence } from './model-evidence.ts';
import type { ReadHeader } from './read-header.ts';

/** A file that was read: a config as a whole, of another one the header. */
export type ReadFile = { path: string } & ({ text: Uint8Array } | ReadHeader);

type ReadConfig = Extract<ReadFile, { text: Uint8Array }>;
type ReadWeights = Extract<ReadFile, ReadHeader>;

/** What they and the listing say together; `countable` files are all those of a checkpoint. */
export function mergeFiles(
  model: HFModel,
  read: readonly ReadFile[],
  countable: boolean,
): ModelInspection {
  const configs = read.filter((file): file is ReadConfig => 'text' in file);
  const headers = read.filter((file): file is ReadWeights => 'facts' in file);
  const config = configs.find(({ path }) => path === 'config.json')?.text;
  const files = headers.map(({ path, facts }): InspectedFile => ({ ...facts, path }));
  const known = config && parseConfig(config);
  const counted = countParameters(headers, countable, known && config);
  const facts = configFacts(configs);
  const evidence = gather(files, known, counted, facts.chatTemplates);
  const metadata = extractModelMetadata(model, evidence);
  const { variants, sidecars, transformersJs } = groupFiles(model, metadata);
  const geometry = files[0]?.geometry ?? geometryOf(config);
  const grouping = { variants, sidecars, transformersJs };
  return { model, metadata, ...grouping, geometry, configs: facts, files, evidence };
}

function configFacts(configs: readonly ReadConfig[]): ConfigFacts {
  return callRepository((core) => {
    const files = new core.ConfigFiles();
    try {
      for (const { path, text } of configs) files.add(path, text);
      return files.facts();
    } finally {
      files.free();
    }
  });
}

/** None of a family whose config is not understood. */
function geometryOf(config: Uint8Array | undefined): Geometry | null {
  if (!config) return null;
  try {
    return callRepository((core) => core.geometry_of_config(config));
  } catch {
    return null;
  }
}

function gather(
  files: readonly InspectedFile[],
  config: Record<string, unknown> | undefined,
  parameterCount: number | undefined,
  chatTemplates: ConfigFacts['chatTemplates'],
): ModelEvidence {
  return {
    ...(config && { config }),
    ...(files.length > 0 && { files: files.map(fileEvidence) }),
    ...(parameterCount !== undefined && { parameterCount }),
    ...(chatTemplates.length > 0 && { chatTemplates }),
  };
}

/** The `config.json`; a broken one leaves what the listing says of it. */
function parseConfig(config: Uint8Array): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(config));
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/** What packed weights stand for counts; none where that is not known. The readers are gone thereafter. */
function countParameters(
  headers: readonly ReadWeights[],
  countable: boolean,
  config: Uint8Array | undefined,
): number | undefined {
  const readers = headers.map(({ reader }) => reader);
  if (!countable) {
    for (const reader of readers) reader.free();
    return undefined;
  }
  const text = config ? new TextDecoder().decode(config) : '';
  const { total, exact } = callReaders((core) => core.count_checkpoint_parameters(readers, text));
  return exact ? total : undefined;
}
