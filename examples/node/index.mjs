// Lists models that the reference worker can run: node index.mjs [--sample] [SEARCH]
import { readFile } from 'node:fs/promises';
import {
  checkModelCompatibility,
  extractModelMetadata,
  filterCompatibleModels,
  HubfitError,
  searchCompatibleModels,
} from 'hubfit';
import { table } from './table.cjs';

const sample = process.argv.includes('--sample');
const search = process.argv.slice(2).find((word) => !word.startsWith('--')) ?? '';

try {
  const models = await (sample ? fromSample() : fromHub());
  console.log(`${models.length} compatible models`);
  console.log(table(models.slice(0, 20).map(row)));
} catch (error) {
  if (!(error instanceof HubfitError)) throw error;
  console.error(`${error.code}: ${error.message}`);
  process.exitCode = 1;
}

function fromHub() {
  const hubUrl = process.env.HUB_URL ?? process.env.HF_ENDPOINT;
  return searchCompatibleModels(search, { ...(hubUrl && { hubUrl }), limit: 100 });
}

async function fromSample() {
  const file = new URL(import.meta.resolve('hubfit/sample.json'));
  const models = JSON.parse(await readFile(file, 'utf8'));
  const named = models.filter(({ id }) => id.toLowerCase().includes(search.toLowerCase()));
  return filterCompatibleModels(named);
}

function row(model) {
  const { architecture, format, parameters } = extractModelMetadata(model);
  const { confidence } = checkModelCompatibility(model);
  const { id, downloads = 0 } = model;
  return { id, architecture, format, parameters, confidence, downloads };
}
