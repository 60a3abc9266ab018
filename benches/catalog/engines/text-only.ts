// Engines that find ids by what one types, and count nothing.
import UFuzzy from '@leeoniya/ufuzzy';
import MiniSearch from 'minisearch';
import { type Engine, PAGE, type Peer } from '../engine.ts';

const cannot: Peer['cannot'] = ({ text }) => text === undefined;

export const minisearch: Peer = {
  title: 'MiniSearch',
  library: 'minisearch',
  selfExcluding: false,
  inPage: true,
  text: 'words of the id: as beginnings, and with typos where asked',
  cannot,
  async open(): Promise<Engine> {
    const index = new MiniSearch<{ id: number; name: string; downloads: number }>({
      fields: ['name'],
      storeFields: ['downloads'],
      tokenize: (text) => text.toLowerCase().split(/[^a-z0-9]+/),
    });
    return {
      load({ rows }) {
        let id = 0;
        for (const row of rows()) {
          index.add({ id, name: row.id, downloads: row.downloads ?? 0 });
          id += 1;
        }
      },
      query({ kind, text = '' }) {
        const found = index.search(text, {
          prefix: true,
          fuzzy: kind === 'typo' ? 0.34 : false,
          combineWith: 'AND',
        });
        const page = found.slice(0, PAGE).map(({ downloads }) => downloads as number);
        return { total: found.length, facets: {}, page };
      },
      close: () => index.removeAll(),
    };
  },
};

export const ufuzzy: Peer = {
  title: 'uFuzzy',
  library: '@leeoniya/ufuzzy',
  selfExcluding: false,
  inPage: true,
  text: 'parts of the id; one error where asked',
  cannot,
  async open(): Promise<Engine> {
    const [plain, typos] = [new UFuzzy(), new UFuzzy({ intraMode: 1 })];
    const ids: string[] = [];
    const downloads: number[] = [];
    return {
      load({ rows }) {
        for (const row of rows()) {
          ids.push(row.id.toLowerCase());
          downloads.push(row.downloads ?? 0);
        }
      },
      query({ kind, text = '' }) {
        const found = (kind === 'typo' ? typos : plain).filter(ids, text) ?? [];
        const page = found.map((row) => downloads[row] ?? 0).sort((one, other) => other - one);
        return { total: found.length, facets: {}, page: page.slice(0, PAGE) };
      },
      close() {
        ids.length = 0;
      },
    };
  },
};
