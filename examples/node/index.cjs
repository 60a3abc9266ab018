// The same as index.mjs, by require: node index.cjs [--sample] [SEARCH]
const {
  checkModelCompatibility,
  extractModelMetadata,
  filterCompatibleModels,
  searchCompatibleModels,
} = require('hubfit');
const { table } = require('./table.cjs');

const sample = process.argv.includes('--sample');
const search = process.argv.slice(2).find((word) => !word.startsWith('--')) ?? '';

async function main() {
  const models = sample ? fromSample() : await fromHub();
  console.log(`${models.length} compatible models`);
  console.log(table(models.slice(0, 20).map(row)));
}

function fromHub() {
  const hubUrl = process.env.HUB_URL ?? process.env.HF_ENDPOINT;
  return searchCompatibleModels(search, { ...(hubUrl && { hubUrl }), limit: 100 });
}

function fromSample() {
  const models = require('hubfit/sample.json');
  const named = models.filter(({ id }) => id.toLowerCase().includes(search.toLowerCase()));
  return filterCompatibleModels(named);
}

function row(model) {
  const { architecture, format, parameters } = extractModelMetadata(model);
  const { confidence } = checkModelCompatibility(model);
  const { id, downloads = 0 } = model;
  return { id, architecture, format, parameters, confidence, downloads };
}

main().catch(({ code, message }) => {
  // Every failure of hubfit is a HubfitError with a code to switch on.
  console.error(`${code}: ${message}`);
  process.exitCode = 1;
});
