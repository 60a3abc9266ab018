// How long a header takes to read, ours and the peers', on the same bytes in one process.

import { gguf } from '@huggingface/gguf';
import { parseSafetensorsMetadata } from '@huggingface/hub';
import type { ByteSource } from '../../ts/index.ts';
import { ggufData, ggufHeader, safetensorsData, safetensorsHeader } from './files.ts';
import { memoryFetch } from './memory-fetch.ts';
import { type Contenders, race } from './race.ts';

const hubfit = (await import(
  new URL('../../dist/node.js', import.meta.url).href
)) as typeof import('../../ts/index.ts');

/** Reads both sizes of both formats; gives the rows of the table. */
export async function speedRows(): Promise<string[]> {
  const rows: string[] = [];
  for (const tokens of [131_072, 262_144]) rows.push(...(await ggufRows(tokens)));
  for (const tensors of [1000, 60_000]) rows.push(...(await safetensorsRows(tensors)));
  return rows;
}

async function ggufRows(tokens: number): Promise<string[]> {
  const bytes = ggufHeader(tokens);
  const size = bytes.length + ggufData();
  const blob = new Blob([bytes]);
  const memory = memoryFetch(bytes, size);
  const file = inMemory('m.gguf', bytes, size);
  const result = await race({
    'hubfit, bytes': () => hubfit.inspectFile(file),
    'hubfit, Blob': () => hubfit.inspectFile(blob, { format: 'gguf' }),
    'hubfit, fetch over memory': () => hubfit.inspectFile(MEMORY, { fetch: memory }),
    '@huggingface/gguf, fetch over memory': () => gguf(MEMORY, { fetch: memory }),
  });
  const name = `GGUF, ${tokens.toLocaleString('en')} tokens, ${megabytes(bytes)}`;
  return table(name, result, () => 'hubfit, fetch over memory');
}

const MEMORY = 'https://localhost/a/b/resolve/main/m.gguf';

async function safetensorsRows(tensors: number): Promise<string[]> {
  const bytes = safetensorsHeader(tensors);
  const json = bytes.subarray(8);
  const text = new TextDecoder().decode(json);
  const size = bytes.length + safetensorsData(tensors);
  const memory = memoryFetch(bytes, size);
  const path = 'model.safetensors';
  const ask = { repo: 'a/b', path, fetch: memory };
  const file = inMemory(path, bytes, size);
  const contenders: Contenders = {
    'hubfit, bytes': () => hubfit.inspectFile(file),
    'JSON.parse(text)': () => JSON.parse(text),
    'JSON.parse(decode(bytes))': () => JSON.parse(new TextDecoder().decode(json)),
    'hubfit, fetch over memory': () =>
      hubfit.inspectFile(`https://localhost/a/b/resolve/main/${path}`, { fetch: memory }),
    '@huggingface/hub, fetch over memory': () => parseSafetensorsMetadata(ask),
  };
  const result = await race(contenders);
  const name = `safetensors, ${tensors.toLocaleString('en')} tensors, ${megabytes(bytes)}`;
  return table(name, result, (way) =>
    way.endsWith('memory') ? 'hubfit, fetch over memory' : 'hubfit, bytes',
  );
}

/** A file whose header is in memory. Without its size, every tensor would lie past the end, and be told. */
function inMemory(name: string, header: Uint8Array, size: number): ByteSource {
  return { name, size, read: async (start, end) => header.subarray(start, end) };
}

function megabytes(bytes: Uint8Array): string {
  return `${(bytes.length / 1e6).toFixed(2)} MB`;
}

/** Each way with its time, and how many times it takes what ours takes in the same way. */
function table(
  name: string,
  times: Map<string, number>,
  against: (way: string) => string,
): string[] {
  return [...times].map(([way, ms]) => {
    const ours = times.get(against(way)) ?? Number.NaN;
    const ratio = way.startsWith('hubfit') ? '' : (ms / ours).toFixed(1);
    return `| ${name} | ${way} | ${ms.toFixed(2)} ms | ${ratio} |`;
  });
}
