// What the same facts of the same models cost, against the ecosystem's own client, from the same local Hub.
//   npx tsx benches/hub.ts [MODELS]
import { listFiles, listModels } from '@huggingface/hub';
import { crowd } from '../tests/hub/crowd.ts';
import { type LocalHub, startHub } from '../tests/hub/hub.ts';

const { completeModels, listHuggingFaceModels, memoryCache } = await import(
  '../dist/node.js' as string
);

const MODELS = Number(process.argv[2] ?? 200);
const SORT = 'createdAt';

type Field = 'tags' | 'safetensors' | 'config' | 'filePaths' | 'author' | 'sha';

interface Row {
  siblings: { rfilename: string }[];
}

function hasNoGguf({ siblings }: Row): boolean {
  return !siblings.some(({ rfilename }) => rfilename.endsWith('.gguf'));
}

/** What the Hub was asked, and what it sent. */
interface Cost {
  models: number;
  requests: number;
  hops: number;
  bytes: number;
  seconds: number;
}

async function cost(
  hub: LocalHub,
  work: (fetch: typeof globalThis.fetch) => Promise<number>,
): Promise<Cost> {
  hub.requests.length = 0;
  let [requests, bytes] = [0, 0];
  const counted: typeof fetch = async (url, init) => {
    requests += 1;
    const response = await fetch(url, init);
    const body = new Uint8Array(await response.arrayBuffer());
    bytes += body.length;
    const copy = new Response(body, { status: response.status, headers: response.headers });
    Object.defineProperty(copy, 'url', { value: response.url });
    return copy;
  };
  const start = performance.now();
  const models = await work(counted);
  const seconds = (performance.now() - start) / 1000;
  return { models, requests, hops: hub.requests.length, bytes, seconds };
}

/** Tags, parameter counts and file names of each. */
const LISTED: [string, (hubUrl: string) => (fetch: typeof globalThis.fetch) => Promise<number>][] =
  [
    [
      'hubfit',
      (hubUrl) => async (fetch) => {
        const fields = ['tags', 'safetensors', 'config', 'siblings', 'author', 'sha'];
        const models = await listHuggingFaceModels({
          hubUrl,
          fetch,
          fields,
          sort: SORT,
          limit: MODELS,
        });
        return models.length;
      },
    ],
    [
      '@huggingface/hub',
      (hubUrl) => async (fetch) => {
        let count = 0;
        const additionalFields: Field[] = [
          'tags',
          'safetensors',
          'config',
          'filePaths',
          'author',
          'sha',
        ];
        const how = {
          hubUrl,
          fetch,
          additionalFields,
          sort: SORT,
          limit: MODELS,
        } as const;
        for await (const _ of listModels(how)) count += 1;
        return count;
      },
    ],
  ];

/** The same, the bytes of each file, and the layers, heads and windows that memory is computed from. */
const COMPLETED: typeof LISTED = [
  [
    'hubfit',
    (hubUrl) => async (fetch) => {
      const fields = ['tags', 'safetensors', 'config', 'author', 'sha', 'gated'];
      const how = { hubUrl, fetch, sort: SORT, limit: MODELS };
      const models = await listHuggingFaceModels({ ...how, fields, library: 'transformers' });
      const sized = await completeModels(models, { hubUrl, fetch, details: ['sizes'] });
      const rows = sized.map(({ model }: { model: Row }) => model);
      // The other client reads no GGUF headers: neither do we here.
      await completeModels(rows.filter(hasNoGguf), { hubUrl, fetch, details: ['geometry'] });
      return models.length;
    },
  ],
  [
    'hubfit, the next build, with its cache',
    (hubUrl) => {
      const cache = memoryCache();
      return async (fetch) => {
        const fields = ['tags', 'safetensors', 'config', 'author', 'sha', 'gated'];
        const how = { hubUrl, fetch, cache };
        const models = await listHuggingFaceModels({
          ...how,
          sort: SORT,
          limit: MODELS,
          fields,
          library: 'transformers',
        });
        const sized = await completeModels(models, { ...how, details: ['sizes'] });
        const rows = sized.map(({ model }: { model: Row }) => model);
        await completeModels(rows.filter(hasNoGguf), { ...how, details: ['geometry'] });
        return models.length;
      };
    },
  ],
  [
    '@huggingface/hub',
    (hubUrl) => async (fetch) => {
      const { downloadFile } = await import('@huggingface/hub');
      let count = 0;
      const additionalFields: Field[] = ['tags', 'safetensors', 'config', 'author', 'sha'];
      const search = { tags: ['transformers'] };
      const how = {
        hubUrl,
        fetch,
        search,
        additionalFields,
        sort: SORT,
        limit: MODELS,
      } as const;
      for await (const { name } of listModels(how)) {
        count += 1;
        const paths: string[] = [];
        for await (const { path } of listFiles({ repo: name, recursive: true, hubUrl, fetch }))
          paths.push(path);
        if (!paths.includes('config.json')) continue;
        const config = await downloadFile({ repo: name, path: 'config.json', hubUrl, fetch }).catch(
          () => null,
        );
        await config?.text();
      }
      return count;
    },
  ],
];

const hub = await startHub(crowd(3 * Math.max(MODELS, 327)));
for (const [title, clients] of [
  ['listed: tags, parameters, config, file names', LISTED],
  ['completed, of transformers: also bytes of every file, and geometry', COMPLETED],
] as const) {
  console.log(`| ${title} | models | requests | with redirects | bytes |`);
  console.log('|---|--:|--:|--:|--:|');
  for (const [name, work] of clients) {
    const run = work(hub.url);
    // The first build fills the cache.
    if (name.includes('next build')) await run(fetch);
    const { models, requests, hops, bytes } = await cost(hub, run);
    console.log(`| ${name} | ${models} | ${requests} | ${hops} | ${bytes.toLocaleString('en')} |`);
  }
  console.log();
}
await hub.stop();
