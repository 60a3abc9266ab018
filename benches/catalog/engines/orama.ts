import { create, insertMultiple, type Orama, search } from '@orama/orama';
import {
  type Engine,
  FACETS,
  NUMBERS,
  namesOf,
  numberOf,
  PAGE,
  type Peer,
  SEVERAL,
  TOP,
  topOf,
} from '../engine.ts';

const BATCH = 5000;

export const orama: Peer = {
  title: 'Orama',
  library: '@orama/orama',
  selfExcluding: false,
  inPage: true,
  text: 'words of the id: as beginnings, and with typos where asked',
  async open(): Promise<Engine> {
    const names = FACETS.map((field) => [field, SEVERAL.has(field) ? 'enum[]' : 'enum']);
    const numbers = NUMBERS.map((field) => [field, 'number']);
    const schema = { name: 'string', ...Object.fromEntries([...names, ...numbers]) };
    const db = create({ schema }) as Orama<never>;
    // Rows without a name are counted as a name of no letters.
    const facets = Object.fromEntries(
      FACETS.map((field) => [field, { limit: TOP + 1, sort: 'DESC' }]),
    );
    return {
      async load({ rows }) {
        let batch: Record<string, unknown>[] = [];
        for (const row of rows()) {
          const own: Record<string, unknown> = { name: row.id.replace(/[/_]/g, '-') };
          for (const field of FACETS) {
            const found = namesOf(row, field);
            // It counts no facets where several names are left out.
            if (SEVERAL.has(field)) own[field] = found;
            else if (found.length > 0) own[field] = found[0];
          }
          for (const field of NUMBERS) own[field] = numberOf(row, field) ?? -1;
          if (batch.push(own) < BATCH) continue;
          await insertMultiple(db, batch as never, BATCH);
          batch = [];
        }
        await insertMultiple(db, batch as never, BATCH);
      },
      async query({ kind, any = {}, between = {}, text, sort = 'downloads' }) {
        const where: Record<string, unknown> = {};
        for (const [field, wanted] of Object.entries(any)) {
          where[field] = SEVERAL.has(field as never) ? { containsAny: wanted } : { in: wanted };
        }
        for (const [field, range] of Object.entries(between)) where[field] = { between: range };
        const found = await search(db, {
          ...(text !== undefined && { term: text, tolerance: kind === 'typo' ? 2 : 0 }),
          ...(Object.keys(where).length > 0 && { where }),
          facets,
          sortBy: { property: sort, order: 'DESC' },
          limit: PAGE,
        } as never);
        const counted = FACETS.map((field) => [
          field,
          topOf(
            Object.entries(
              (found.facets as Record<string, { values: Record<string, number> }>)[field]?.values ??
                {},
            ).filter(([name]) => name !== ''),
          ),
        ]);
        return {
          total: found.count,
          facets: Object.fromEntries(counted),
          page: found.hits.map(({ document }) => (document as Record<string, number>)[sort] ?? 0),
        };
      },
      close() {
        // It is dropped with the process.
      },
    };
  },
};
