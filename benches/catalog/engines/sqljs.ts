import initSqlJs from 'sql.js';
import { type Engine, FACETS, NUMBERS, namesOf, numberOf, type Peer, SEVERAL } from '../engine.ts';
import { ask, COLUMNS, type Dialect, FIRST, listed } from './sql.ts';

const SINGLE = FACETS.filter((field) => !SEVERAL.has(field));

/** Several names a row are a table of pairs, with an index each way. */
const dialect: Dialect = {
  any: (field, wanted) =>
    SEVERAL.has(field)
      ? `models.row IN (SELECT row FROM ${field} WHERE name IN ${listed(wanted)})`
      : `${field} IN ${listed(wanted)}`,
  count: (field, where) =>
    SEVERAL.has(field)
      ? where === 'true'
        ? `SELECT name, count(*) FROM ${field} GROUP BY name ${FIRST}`
        : `SELECT name, count(*) FROM ${field} WHERE row IN (SELECT row FROM models WHERE ${where}) GROUP BY +name ${FIRST}`
      : `SELECT ${field}, count(*) FROM models WHERE ${where} AND ${where === 'true' ? '' : '+'}${field} IS NOT NULL GROUP BY ${where === 'true' ? '' : '+'}${field} ${FIRST}`,
};

/** In a page its module is served beside the page, by `chromium.ts`. */
const IN_PAGE = typeof document === 'undefined' ? {} : { locateFile: (file: string) => file };

export const sqljs: Peer = {
  title: 'sql.js',
  library: 'sql.js',
  selfExcluding: true,
  inPage: true,
  cannot: ({ kind }) => kind === 'typo',
  async open(): Promise<Engine> {
    const db = new (await initSqlJs(IN_PAGE)).Database();
    return {
      load({ rows }) {
        const columns = [...COLUMNS, 'lower', ...SINGLE];
        db.run(`CREATE TABLE models (row INTEGER PRIMARY KEY, ${columns.join(', ')})`);
        for (const field of SEVERAL) {
          db.run(`CREATE TABLE ${field} (name, row, PRIMARY KEY (name, row)) WITHOUT ROWID`);
        }
        db.run('BEGIN');
        const insert = db.prepare(
          `INSERT INTO models VALUES (${['?', ...columns.map(() => '?')].join()})`,
        );
        const pairs = [...SEVERAL].map(
          (field) => [field, db.prepare(`INSERT OR IGNORE INTO ${field} VALUES (?, ?)`)] as const,
        );
        let at = 0;
        for (const row of rows()) {
          const numbers = COLUMNS.slice(1).map(
            (field) => numberOf(row, field as (typeof NUMBERS)[number]) ?? null,
          );
          const names = SINGLE.map((field) => namesOf(row, field)[0] ?? null);
          insert.run([at, row.id, ...numbers, row.id.toLowerCase(), ...names]);
          for (const [field, pair] of pairs) {
            for (const name of namesOf(row, field)) pair.run([name, at]);
          }
          at += 1;
        }
        db.run('COMMIT');
        for (const field of [...NUMBERS, ...SINGLE]) {
          db.run(`CREATE INDEX models_${field} ON models (${field})`);
        }
        for (const field of SEVERAL) db.run(`CREATE INDEX rows_${field} ON ${field} (row, name)`);
        db.run('ANALYZE');
      },
      query: (question) =>
        ask((statement) => db.exec(statement)[0]?.values ?? [], dialect, question),
      close: () => db.close(),
    };
  },
};
