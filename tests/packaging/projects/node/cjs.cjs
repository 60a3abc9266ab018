// node cjs.cjs ENTRY: requires an entry and prints what it found.
const { readFileSync } = require('node:fs');
const { assertQuiet, initSlim, read, use, watch } = require('./checks.cjs');

const [entry] = process.argv.slice(2);

const watched = watch();
const hubfit = require(entry);
assertQuiet(watched);
if (entry === 'hubfit/slim') {
  const file = (path) => readFileSync(require.resolve(path));
  initSlim(hubfit, file('hubfit/hubfit.wasm'), { readers: file('hubfit/readers.wasm') });
}
const found = use(hubfit, require('hubfit/sample.json'));
const compiled = watched.compiled();
read(hubfit).then((elements) => {
  console.log(JSON.stringify({ ...found, compiled, elements, later: watched.compiled() }));
});
