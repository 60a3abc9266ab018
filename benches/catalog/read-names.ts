import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Base, Names } from './names.ts';

interface SampleModel {
  id: string;
  task?: string;
  license?: string;
  config?: { model_type?: string; max_position_embeddings?: number };
  gguf?: { architecture?: string; total?: number; context_length?: number };
  safetensors?: Record<string, number>;
}

interface ListedModel {
  name: string;
  parameters_raw?: number;
  context_length?: number;
  pipeline_tag?: string;
  architecture?: string;
}

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Real names: of the sample, and of larger lists where they lie beside the repository. */
export function readNames(): Names {
  const sample = json<SampleModel[]>(at('../../facts/sample/models.json'));
  const folder = ['../../../shared/data', '../../../../shared/data'].map(at).find(existsSync);
  const listed = folder ? json<ListedModel[]>(`${folder}/models.json`) : [];
  const uris = folder ? json<string[]>(`${folder}/gguf-uris.json`) : [];
  const bases = [...sample.map(ofSample), ...listed.map(ofListed)].filter(
    ({ id }, place, all) => all.findIndex((other) => other.id === id) === place,
  );
  const ids = [...bases.map(({ id }) => id), ...uris.map(idOfUri)].filter((id) => id.includes('/'));
  const words = ids.flatMap((id) => id.slice(id.indexOf('/') + 1).split(/[-_.]/));
  return {
    bases,
    authors: unique(ids.map((id) => id.slice(0, id.indexOf('/')))),
    words: unique(words.filter((word) => word.length > 1)),
    families: unique(bases.map(({ family }) => family).filter(Boolean)).slice(0, 250),
    more: folder !== undefined,
  };
}

function json<T>(path: string): T {
  return JSON.parse(readFileSync(path, 'utf8')) as T;
}

function ofSample({ id, task, license, config, gguf, safetensors }: SampleModel): Base {
  const counted = Object.values(safetensors ?? {}).reduce((sum, count) => sum + count, 0);
  return {
    id,
    family: config?.model_type ?? gguf?.architecture ?? '',
    task: task ?? '',
    license: license ?? '',
    parameters: counted || gguf?.total || 0,
    context: config?.max_position_embeddings ?? gguf?.context_length ?? 0,
  };
}

function ofListed(model: ListedModel): Base {
  const task = model.pipeline_tag ?? '';
  return {
    id: model.name,
    family: model.architecture ?? '',
    task: task === 'unknown' ? '' : task,
    license: '',
    parameters: model.parameters_raw ?? 0,
    context: model.context_length ?? 0,
  };
}

function idOfUri(uri: string): string {
  return new URL(uri.replace('hf://', 'https://huggingface.co/')).pathname
    .split('/')
    .slice(1, 3)
    .join('/');
}

function unique(list: string[]): string[] {
  return [...new Set(list)];
}
