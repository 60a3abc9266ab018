// The counts that Node finds with the same tarball: every other host must find them too.
import assert from 'node:assert/strict';

const SCRIPT = `
import { readFileSync } from 'node:fs';
import { filterCompatibleModels, listCompatibleModels, searchCompatibleModels } from 'hubfit';
const sample = JSON.parse(readFileSync(new URL(import.meta.resolve('hubfit/sample.json')), 'utf8'));
const named = sample.filter(({ id }) => id.toLowerCase().includes('qwen'));
const options = { hubUrl: process.env.HUB_URL, limit: 50 };
console.log(JSON.stringify({
  total: sample.length,
  compatible: filterCompatibleModels(sample).length,
  qwen: filterCompatibleModels(named).length,
  hub: (await listCompatibleModels(options)).map(({ id }) => id),
  hubQwen: (await searchCompatibleModels('qwen', options)).length,
}));
`;

/** Of the sample and of the Hub: models in all, compatible ones, and those with `qwen` in their id. */
export async function expectedCounts({ node }, url) {
  const args = ['--input-type=module', '--eval', SCRIPT];
  const counts = JSON.parse(await node(args, { env: { HUB_URL: url } }));
  const { total, compatible, qwen, hub, hubQwen } = counts;
  assert.ok(0 < qwen && qwen < compatible && compatible < total, JSON.stringify(counts));
  assert.ok(0 < hubQwen && hub.length > 3, JSON.stringify(counts));
  return counts;
}
