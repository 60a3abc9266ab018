// Pagefind's index is a folder of files, which its client fetches: here from a server of this process.
import { createReadStream, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { close as closeService, createIndex } from 'pagefind';
import { type Engine, FACETS, namesOf, PAGE, type Peer, topOf } from '../engine.ts';

interface Found {
  results: { data(): Promise<{ meta: Record<string, string> }> }[];
  filters: Record<string, Record<string, number>>;
}
interface Client {
  options(options: object): Promise<void>;
  init(): Promise<void>;
  filters(): Promise<unknown>;
  search(term: string | null, options: object): Promise<Found>;
}

export const pagefind: Peer = {
  title: 'Pagefind',
  library: 'pagefind',
  selfExcluding: false,
  inPage: false,
  most: 20_000,
  text: 'words of the id, as beginnings',
  cannot: ({ kind, between }) => between !== undefined || kind === 'typo',
  async open(): Promise<Engine> {
    const folder = mkdtempSync(join(tmpdir(), 'pagefind-'));
    let server: Server | undefined;
    let client: Client;
    return {
      async load({ rows }) {
        const { index } = await createIndex({});
        for (const row of rows()) {
          const names = FACETS.map((field): [string, string[]] => [
            field,
            [...namesOf(row, field)],
          ]);
          await index?.addCustomRecord({
            url: `/${row.id}`,
            content: row.id.replace(/[-_/.]/g, ' '),
            language: 'en',
            meta: {
              title: row.id,
              ...{
                downloads: `${row.downloads}`,
                likes: `${row.likes}`,
                updated: `${row.updated}`,
              },
            },
            filters: Object.fromEntries(names.filter(([, list]) => list.length > 0)),
            sort: {
              downloads: `${row.downloads}`,
              likes: `${row.likes}`,
              updated: `${row.updated}`,
            },
          });
        }
        await index?.writeFiles({ outputPath: folder });
        await closeService();
        server = await serve(folder);
        const { port } = server.address() as AddressInfo;
        client = (await import(join(folder, 'pagefind.js'))) as Client;
        await client.options({ basePath: `http://127.0.0.1:${port}/`, baseUrl: '/' });
        await client.init();
        await client.filters();
      },
      async query({ any, text, sort = 'downloads' }) {
        const wanted = Object.entries(any ?? {}).map(([field, names]) => [field, { any: names }]);
        const found = await client.search(text ?? null, {
          ...(wanted.length > 0 && { filters: Object.fromEntries(wanted) }),
          sort: { [sort]: 'desc' },
        });
        const rows = await Promise.all(found.results.slice(0, PAGE).map((each) => each.data()));
        const facets = FACETS.map((field) => [
          field,
          topOf(Object.entries(found.filters[field] ?? {})),
        ]);
        return {
          total: found.results.length,
          facets: Object.fromEntries(facets),
          page: rows.map(({ meta }) => Number(meta[sort])),
        };
      },
      close() {
        server?.close();
        rmSync(folder, { recursive: true, force: true });
      },
    };
  },
};

function serve(folder: string): Promise<Server> {
  const server = createServer(({ url = '/' }, answer) => {
    const path = join(folder, new URL(url, 'http://localhost').pathname);
    if (existsSync(path)) createReadStream(path).pipe(answer);
    else answer.writeHead(404).end();
  });
  // Questions may be further apart than the 5 seconds for which connections are kept.
  server.keepAliveTimeout = 120_000;
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}
