import { type Engine, FACETS, namesOf, numberOf, type Peer, SEVERAL } from '../engine.ts';
import { ask, COLUMNS, type Dialect, FIRST, listed, type Run } from './sql.ts';

/** Names are an ENUM each, which the database keeps as numbers. */
const dialect: Dialect = {
  any: (field, wanted) =>
    SEVERAL.has(field)
      ? `list_has_any(${field}, [${listed(wanted).slice(1, -1)}]::${field}_name[])`
      : `${field} IN ${listed(wanted)}`,
  count: (field, where) =>
    SEVERAL.has(field)
      ? `SELECT name, count(*) FROM (SELECT unnest(${field}) AS name FROM models WHERE ${where}) GROUP BY 1 ${BY_NAME}`
      : `SELECT ${field}, count(*) FROM models WHERE ${where} AND ${field} IS NOT NULL GROUP BY 1 ${BY_NAME}`,
};
/** An ENUM is sorted by its own order otherwise. */
const BY_NAME = FIRST.replace(', 1', ', 1::VARCHAR');

/** Rows that are handed over at a time. */
const BATCH = 50_000;

/** In Node from the package's own files. */
async function inNode() {
  const { createRequire } = await import('node:module');
  const require = createRequire(import.meta.url);
  const library =
    require('@duckdb/duckdb-wasm/blocking') as typeof import('@duckdb/duckdb-wasm/blocking');
  const { createDuckDB, VoidLogger, NODE_RUNTIME } = library;
  const file = (name: string): string => require.resolve(`@duckdb/duckdb-wasm/dist/${name}`);
  const db = await createDuckDB(bundles(file), new VoidLogger(), NODE_RUNTIME);
  await db.instantiate(() => undefined);
  return db;
}

/** In a page on the page's own thread, from what `chromium.ts` serves. */
async function inPage() {
  const library = await import('@duckdb/duckdb-wasm/blocking');
  // Its types are those of its twin for Node.
  const { createDuckDB, VoidLogger } = library;
  const { BROWSER_RUNTIME } = library as unknown as Record<string, typeof library.NODE_RUNTIME>;
  if (!BROWSER_RUNTIME) throw new Error('DuckDB-Wasm without a runtime for pages');
  const file = (name: string): string => new URL(name, location.href).href;
  const db = await createDuckDB(bundles(file), new VoidLogger(), BROWSER_RUNTIME);
  await db.instantiate(() => undefined);
  return db;
}

function bundles(file: (name: string) => string) {
  return {
    mvp: { mainModule: file('duckdb-mvp.wasm'), mainWorker: '' },
    eh: { mainModule: file('duckdb-eh.wasm'), mainWorker: '' },
  };
}

export const duckdb: Peer = {
  title: 'DuckDB-Wasm',
  library: '@duckdb/duckdb-wasm',
  selfExcluding: true,
  inPage: true,
  cannot: ({ kind }) => kind === 'typo',
  async open(): Promise<Engine> {
    const db = await (typeof document === 'undefined' ? inNode() : inPage());
    const connection = db.connect();
    const run: Run = (statement) =>
      connection
        .query(statement)
        .toArray()
        .map((row) => Object.values(row.toJSON()));
    return {
      load({ rows }) {
        const names = FACETS.map((field) => `${field} VARCHAR`);
        const numbers = COLUMNS.slice(1).map((field) => `${field} DOUBLE`);
        run(`CREATE TABLE given (id VARCHAR, ${[...numbers, ...names].join(', ')})`);
        let lines: string[] = [];
        const flush = (): void => {
          if (lines.length === 0) return;
          db.registerFileText('rows.csv', `${lines.join('\n')}\n`);
          run("COPY given FROM 'rows.csv' (HEADER false, DELIMITER '\t', QUOTE '', ESCAPE '')");
          db.dropFile('rows.csv');
          lines = [];
        };
        for (const row of rows()) {
          const own = COLUMNS.slice(1).map((field) => numberOf(row, field as 'need') ?? '');
          const texts = FACETS.map((field) => namesOf(row, field).join(','));
          lines.push([row.id, ...own, ...texts].join('\t'));
          if (lines.length === BATCH) flush();
        }
        flush();
        for (const field of FACETS) {
          const values = SEVERAL.has(field) ? `unnest(string_split(${field}, ','))` : field;
          const found = `SELECT DISTINCT name FROM (SELECT ${values} AS name FROM given) WHERE name <> ''`;
          run(`CREATE TYPE ${field}_name AS ENUM (${found} ORDER BY name)`);
        }
        const typed = FACETS.map((field) =>
          SEVERAL.has(field)
            ? `CASE WHEN ${field} <> '' THEN string_split(${field}, ',')::${field}_name[] END AS ${field}`
            : `nullif(${field}, '')::${field}_name AS ${field}`,
        );
        run(
          `CREATE TABLE models AS SELECT ${COLUMNS.join(', ')}, lower(id) AS lower, ${typed.join(', ')} FROM given`,
        );
        run('DROP TABLE given');
      },
      query: (question) => ask(run, dialect, question),
      close: () => connection.close(),
    };
  },
};
