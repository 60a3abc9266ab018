// node cjs.cjs ENTRY: requires an entry and prints what it found.
const { readFileSync } = require('node:fs');
const { assertQuiet, initSlim, use, watch } = require('./checks.cjs');

const [entry] = process.argv.slice(2);

const watched = watch();
const hubfit = require(entry);
assertQuiet(watched);
if (entry === 'hubfit/slim') {
  initSlim(hubfit, readFileSync(require.resolve('hubfit/hubfit.wasm')));
}
const found = use(hubfit, require('hubfit/sample.json'));
console.log(JSON.stringify({ ...found, compiled: watched.compiled() }));
