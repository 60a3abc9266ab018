import type { Catalog, SyncCatalog } from '../../../ts/catalog/catalog.ts';
import type { CatalogAnswer, NamesFacet } from '../../../ts/catalog/catalog-answer.ts';
import type { CatalogQuery, Where } from '../../../ts/catalog/catalog-query.ts';
import { loadCatalogCore } from '../../../ts/catalog/load-catalog-core.ts';
import { openCatalog } from '../../../ts/catalog/open-catalog.ts';
import {
  type Answer,
  type Engine,
  FACETS,
  PAGE,
  type Peer,
  type Question,
  TOP,
} from '../engine.ts';

function queryOf({ any = {}, between = {}, text, sort = 'downloads' }: Question): CatalogQuery {
  const where: Where = { ...any };
  for (const [field, [min, max]] of Object.entries(between)) {
    if (field !== 'need') Object.assign(where, { [field]: { min, max } });
  }
  const budget = between.need?.[1];
  return {
    ...(text !== undefined && { text }),
    where: budget === undefined ? where : { ...where, fit: 'full' },
    ...(budget !== undefined && { fit: { gpu: budget, context: 4096 } }),
    facets: FACETS.map((field) => ({ field, top: TOP })),
    sort: [sort],
    page: { limit: PAGE },
  };
}

function answerOf({ total, facets, rows }: CatalogAnswer, { sort }: Question): Answer {
  return {
    total,
    facets: Object.fromEntries(
      (facets as NamesFacet[]).map(({ field, values }) => [
        field,
        // Names that are asked for are told behind the most frequent, whatever their count.
        values
          .slice(0, TOP)
          .filter(({ count }) => count > 0)
          .map(({ name, count }) => [name, count]),
      ]),
    ),
    page: rows.map((row) => row[sort ?? 'downloads'] ?? 0),
  };
}

/** The package itself; in a page also from its Worker. */
function hubfit(title: string, thread: 'same' | 'worker'): Peer {
  return {
    title,
    selfExcluding: true,
    inPage: true,
    text: 'substrings and words with typos in the id, author, family, task, library and tags',
    async open(): Promise<Engine> {
      // What comes with the first call: the code that opens, and the compiled core.
      await import('../../../ts/catalog/open-snapshot.ts');
      (await loadCatalogCore()).compiled();
      let catalog: SyncCatalog | Catalog;
      return {
        async load({ snapshot }) {
          catalog = await openCatalog(await snapshot(), { thread, whole: true });
        },
        query: (question) => {
          const answer = catalog.query(queryOf(question));
          return answer instanceof Promise
            ? answer.then((later) => answerOf(later, question))
            : answerOf(answer, question);
        },
        close: () => catalog.close(),
      };
    },
  };
}

export const same: Peer = hubfit('hubfit', 'same');
export const worker: Peer = hubfit('hubfit, in its Worker', 'worker');
