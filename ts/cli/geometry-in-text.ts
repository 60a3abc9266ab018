import type { Geometry, Layer } from '../generated/readers.d.ts';
import { counted, tokens } from './in-words.ts';

/** What memory is computed from, a row for each thing. */
export function geometryRows(geometry: Geometry): string[][] {
  const { layers, mtpLayers, vocabulary, contextLength, originalContextLength } = geometry;
  const rows: [string, string | false | null][] = [
    ['layers', [...runs(layers)].join(', ')],
    ['predicts ahead', mtpLayers.length > 0 && `${mtpLayers.length} layers`],
    ['embedding', `${counted(geometry.embeddingLength)} wide, ${counted(vocabulary)} tokens`],
    ['experts', experts(geometry)],
    ['latent', geometry.latent && `rank ${geometry.latent.kvRank} for keys and values`],
    ['context', contextLength > 0 && `${tokens(contextLength)} tokens`],
    ['before scaling', originalContextLength !== null && `${tokens(originalContextLength)} tokens`],
  ];
  return rows.filter((row): row is [string, string] => Boolean(row[1]));
}

/** `24 window of 1,024, 8 KV heads of 128`: layers that are alike, counted. */
function runs(layers: readonly Layer[]): string[] {
  const counts = new Map<string, number>();
  for (const layer of layers) counts.set(manner(layer), (counts.get(manner(layer)) ?? 0) + 1);
  return [...counts].map(([name, count]) => `${count} ${name}`);
}

function manner({ attention, window, kvHeads, keyLength, sharesKv }: Layer): string {
  if (kvHeads === 0) return attention === 'none' ? 'without attention' : attention;
  const reach = window === null ? attention : `${attention} of ${counted(window)}`;
  const heads = sharesKv ? 'that share keys and values' : `(${kvHeads} KV heads of ${keyLength})`;
  return `${reach} ${heads}`;
}

function experts({ experts }: Geometry): string | null {
  if (!experts) return null;
  const shared = experts.shared > 0 ? ` and ${experts.shared} shared` : '';
  return `${experts.used} of ${experts.count}${shared}`;
}
