// Filtering a page of 1,000 raw listing items, against `JSON.parse` of the same bytes, in one process.
// Run: npx tsx benches/filter-page.ts
import { createRequire } from 'node:module';
import { startHub } from '../tests/hub/hub.ts';

const hubfit = (await import(
  new URL('../dist/node.js', import.meta.url).href
)) as typeof import('../ts/index.ts');

const core = createRequire(import.meta.url)('../pkg-node/hubfit.js') as {
  filter_compatible_models(page: Uint8Array, worker: string): unknown;
};

const ROWS = 1000;
const ROUNDS = 60;

const FIELDS =
  'author config createdAt downloads gated lastModified library_name likes pipeline_tag safetensors sha siblings tags';

async function page(fields: string): Promise<Uint8Array> {
  const hub = await startHub({});
  const expand = fields
    .split(' ')
    .map((field) => `expand=${field}`)
    .join('&');
  const response = await fetch(`${hub.url}/api/models?limit=1000&${expand}`);
  const rows = (await response.json()) as { id: string }[];
  await hub.stop();
  const many = Array.from({ length: ROWS }, (_, at) => ({
    ...rows[at % rows.length],
    id: `${rows[at % rows.length]?.id}-${at}`,
  }));
  return new TextEncoder().encode(JSON.stringify(many));
}

function median(times: number[]): number {
  return times.sort((one, other) => one - other)[times.length >> 1] ?? Number.NaN;
}

/** Interleaved, so that a slow moment hits all alike. */
function race(contenders: Record<string, () => unknown>): Record<string, number> {
  const times: Record<string, number[]> = {};
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [name, work] of Object.entries(contenders)) {
      const start = performance.now();
      work();
      times[name] ??= [];
      times[name].push(performance.now() - start);
    }
  }
  return Object.fromEntries(Object.entries(times).map(([name, list]) => [name, median(list)]));
}

for (const [label, fields] of [
  ['config and siblings', FIELDS],
  ['config, siblings and gguf (chat templates)', `${FIELDS} gguf`],
] as const) {
  const bytes = await page(fields);
  const text = new TextDecoder().decode(bytes);
  const models = JSON.parse(text);
  const result = race({
    'JSON.parse(text)': () => JSON.parse(text),
    'JSON.parse(decode(bytes))': () => JSON.parse(new TextDecoder().decode(bytes)),
    'filter_compatible_models(bytes), the boundary: which rows': () =>
      core.filter_compatible_models(bytes, ''),
    'filterCompatibleModels(bytes), their objects too': () => hubfit.filterCompatibleModels(bytes),
    'filterCompatibleModels(objects)': () => hubfit.filterCompatibleModels(models),
  });
  const base = result['JSON.parse(decode(bytes))'] ?? Number.NaN;
  console.log(`\n${ROWS} rows with ${label}: ${(bytes.length / 1e6).toFixed(2)} MB`);
  for (const [name, ms] of Object.entries(result)) {
    console.log(`| ${name} | ${ms.toFixed(2)} ms | ${(ms / base).toFixed(2)} |`);
  }
}
