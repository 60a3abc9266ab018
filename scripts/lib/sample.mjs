// The embedded sample as listing items, the form in which the Hub would list it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './run.mjs';

/** All models of facts/sample/models.json. */
export function listSample() {
  const rows = JSON.parse(readFileSync(join(root, 'facts/sample/models.json'), 'utf8'));
  return rows.map(listingItem);
}

function listingItem(row) {
  const [author] = row.id.split('/');
  return {
    id: row.id,
    author,
    ...picked(row, {
      task: 'pipeline_tag',
      library: 'library_name',
      downloads: 'downloads',
      likes: 'likes',
    }),
    ...(row.created && { createdAt: `${row.created}T00:00:00.000Z` }),
    ...(row.gated && { gated: row.gated }),
    tags: tags(row),
    ...(row.config && { config: row.config }),
    siblings: row.files.map(([rfilename, size]) => ({
      rfilename,
      ...(size !== undefined && { size }),
    })),
    ...(row.safetensors && {
      safetensors: { parameters: row.safetensors, total: sum(row.safetensors) },
    }),
    ...(row.gguf && { gguf: row.gguf }),
  };
}

function picked(row, names) {
  const present = Object.entries(names).filter(([from]) => row[from] !== undefined);
  return Object.fromEntries(present.map(([from, to]) => [to, row[from]]));
}

function tags(row) {
  const base = row.baseModel;
  return [
    row.library,
    row.license && `license:${row.license}`,
    ...(row.languages ?? []),
    ...(base ? [`base_model:${base.id}`, `base_model:${base.relation}:${base.id}`] : []),
    ...(row.tags ?? []),
  ].filter(Boolean);
}

function sum(counts) {
  return Object.values(counts).reduce((total, count) => total + count, 0);
}
