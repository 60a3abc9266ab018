// The check that every host runs: answers over random catalogs equal those of plain loops, and answers to text are the
// same in all hosts.
import type { CatalogFiles, CatalogModel, CatalogQuery, SyncCatalog } from '../../ts/index.ts';
import { randomOf, randomQuery, randomRows } from './catalog-rows.ts';
import { naiveAnswer, shortAnswer } from './naive-catalog.ts';

/** What the package offers. */
export interface CatalogApi {
  buildCatalog(
    models: Iterable<CatalogModel>,
    options?: { tiers?: number[] },
  ): Promise<CatalogFiles>;
  openCatalog(files: CatalogFiles, options: { thread: 'same'; whole: true }): Promise<SyncCatalog>;
}

/** What a host says. */
export interface CheckedCatalog {
  /** Answers that were compared. */
  checked: number;
  /** The first one that differs. */
  wrong?: string;
  /** What was found by text, whose sum all hosts must share. */
  texts: string;
}

const TEXTS = ['llama', 'qwen 7b', 'mistrla', 'gguf -chat', '"instruct-gguf"', '5', 'lamma inst'];

/** Checks catalogs of several sizes, with some tiers. */
export async function checkCatalog(api: CatalogApi): Promise<CheckedCatalog> {
  const texts: string[] = [];
  let checked = 0;
  for (const [seed, count] of [0, 1, 15, 16, 17, 100, 1000].entries()) {
    const random = randomOf(seed);
    const rows = randomRows(random, count);
    const files = await api.buildCatalog(
      rows.map((row) => ({ row })),
      { tiers: [10, 50] },
    );
    const catalog = await api.openCatalog(files, { thread: 'same', whole: true });
    for (let round = 0; round < 40; round += 1) {
      const query = randomQuery(random);
      const wrong = differs(catalog, rows, query);
      checked += 1;
      if (wrong) return { checked, wrong, texts: '' };
    }
    for (const text of TEXTS) {
      const { total, rows: found } = catalog.query({ text });
      texts.push(
        `${text}: ${total} ${found.map(({ id, highlights }) => `${id} ${highlights}`).join(' ')}`,
      );
      texts.push(JSON.stringify([catalog.suggest(text), catalog.similar(rows[0]?.id ?? '')]));
    }
    catalog.close();
  }
  return { checked, texts: texts.join('\n') };
}

function differs(
  catalog: SyncCatalog,
  rows: Parameters<typeof naiveAnswer>[0],
  query: CatalogQuery,
): string | undefined {
  const sort = (answer: object): string => JSON.stringify(answer, ordered);
  const [own, plain] = [sort(shortAnswer(catalog.query(query))), sort(naiveAnswer(rows, query))];
  return own === plain ? undefined : `${JSON.stringify(query)}\n${own}\n${plain}`;
}

/** Keys in one order. */
function ordered(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
}
