// Thousands of models: the sample's rows again and again under other names, so that what is rare stays rare.

import { gguf } from '../js/model-files.ts';
import { sampleRows } from './sample.ts';
import type { ExtraRepo, FileInput, SampleModel } from './types.ts';

/** What a local Hub is given. */
export interface Crowd {
  rows: SampleModel[];
  extraRepos: ExtraRepo[];
}

export function crowd(count: number): Crowd {
  const sample = sampleRows();
  const all = Array.from({ length: count }, (_, n) => another(sample, n));
  return {
    rows: all.filter(({ gguf }) => !gguf),
    extraRepos: all.filter(({ gguf }) => gguf).map(withHeaders),
  };
}

function another(sample: SampleModel[], n: number): SampleModel {
  const round = Math.floor(n / sample.length);
  const row = sample[n % sample.length] as SampleModel;
  if (round === 0) return row;
  const { downloads = 0, likes = 0 } = row;
  const fewer = { downloads: Math.floor(downloads / round), likes: Math.floor(likes / round) };
  return { ...row, id: `${row.id}-take${round}`, ...fewer };
}

/** GGUF files that begin as such files do. */
function withHeaders({ files = [], ...model }: SampleModel): ExtraRepo {
  const architecture = model.gguf?.architecture ?? 'llama';
  const head = gguf({
    'general.architecture': architecture,
    [`${architecture}.context_length`]: model.gguf?.context_length ?? 4096,
    [`${architecture}.block_count`]: 32,
    [`${architecture}.embedding_length`]: 4096,
    [`${architecture}.feed_forward_length`]: 14336,
    [`${architecture}.attention.head_count`]: 32,
    [`${architecture}.attention.head_count_kv`]: 8,
  });
  const content = (path: string, size: number): FileInput => {
    if (path.endsWith('.gguf')) return { head, size: Math.max(size, 1 << 20) };
    return path === 'config.json' ? JSON.stringify(model.config ?? {}) : 'text';
  };
  const contents = files.map(([path, size]) => [path, content(path, size ?? 0)] as const);
  return { ...model, files: Object.fromEntries(contents) };
}
