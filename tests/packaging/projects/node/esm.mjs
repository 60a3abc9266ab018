// node esm.mjs ENTRY: imports an entry and prints what it found.
import { readFileSync } from 'node:fs';
import { assertQuiet, initSlim, read, use, watch } from './checks.cjs';

const [entry] = process.argv.slice(2);
const file = (path) => readFileSync(new URL(import.meta.resolve(path)));

const watched = watch();
const hubfit = await import(entry);
assertQuiet(watched);
if (entry === 'hubfit/slim') {
  initSlim(hubfit, file('hubfit/hubfit.wasm'), { readers: file('hubfit/readers.wasm') });
}
const found = use(hubfit, JSON.parse(file('hubfit/sample.json').toString()));
const compiled = watched.compiled();
const elements = await read(hubfit);
console.log(JSON.stringify({ ...found, compiled, elements, later: watched.compiled() }));
