#!/usr/bin/env node
// Builds facts/sample/models.json from the choice in curated.mjs and the figures of other projects.
// Usage: node scripts/sample/build.mjs --data DIR     DIR: the source files that facts/sample/README.md lists
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { main, Stop } from '../lib/run.mjs';
import { gguf, rows } from './curated.mjs';
import { ggufRow } from './gguf-row.mjs';
import { byDownloads, SAMPLE } from './lib.mjs';
import { plainRow } from './plain-row.mjs';
import { readSources } from './sources.mjs';

function build() {
  const { values } = parseArgs({ options: { data: { type: 'string' } } });
  if (!values.data) {
    throw new Stop(
      '--data DIR is missing: the folder with the source files that facts/sample/README.md lists',
    );
  }
  const data = readSources(resolve(values.data));
  const models = [
    ...rows.map((row) => plainRow(data, row)),
    ...gguf.map((row) => ggufRow(data, row)),
  ].sort(byDownloads);
  writeFileSync(SAMPLE, `[\n${models.map((row) => JSON.stringify(row)).join(',\n')}\n]\n`);
  console.log(`${models.length} models written`);
}

await main(build);
