// Headers read through the package, against the peers: time on the same bytes, and what is asked of the Hub.
// Run: npx tsx benches/headers.ts [speed] [bytes] [--write]; `npm run build` first.

import { readFileSync, writeFileSync } from 'node:fs';
import { bytesRows } from './headers/bytes.ts';
import { speedRows } from './headers/speed.ts';

const PAGE = new URL('README.md', import.meta.url);

/** Heading, the table's head, and what measures it. */
const TABLES = {
  speed: {
    heading: '## Headers in Node, against the peers',
    head: ['header', 'read by', 'median', 'times hubfit'],
    rows: speedRows,
  },
  bytes: {
    heading: '## Bytes and requests for a header',
    head: [
      'file',
      'header',
      'hubfit: requests',
      'ranges',
      'bytes',
      'npm: requests',
      'ranges',
      'bytes',
      'PyPI: requests',
      'ranges',
      'bytes',
    ],
    rows: bytesRows,
  },
};

const given = process.argv.slice(2);
for (const [name, { heading, head, rows }] of Object.entries(TABLES)) {
  const named = given.filter((word) => word !== '--write');
  if (named.length > 0 && !named.includes(name)) continue;
  const line = head.map((_, at) => (at < 2 && name === 'speed' ? '---' : at === 0 ? '---' : '--:'));
  const table = [`| ${head.join(' | ')} |`, `|${line.join('|')}|`, ...(await rows())].join('\n');
  console.log(`${heading}\n\n${table}\n`);
  if (given.includes('--write')) write(heading, table);
}

/** Replaces the table under a heading of the page. */
function write(heading: string, table: string): void {
  const text = readFileSync(PAGE, 'utf8');
  const [before = '', after] = text.split(`${heading}\n`);
  if (after === undefined) throw new Error(`benches/README.md: no "${heading}"`);
  const next = after.replace(/(?:^\|.*\n)+/m, () => `${table}\n`);
  writeFileSync(PAGE, `${before}${heading}\n${next}`);
}
