// The three entries in Node, by import and by require, also where making code from strings is forbidden.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { transform } from 'esbuild';
import { filesOf } from '../lib/package.mjs';
import { makeProject } from '../lib/project.mjs';

const ENTRIES = ['hubfit', 'hubfit/node', 'hubfit/slim'];
const FLAGS = [[], ['--disallow-code-generation-from-strings']];

export default {
  'node-esm': ({ tarball }) => runEntries(tarball, 'esm.mjs'),
  'node-cjs': ({ tarball }) => runEntries(tarball, 'cjs.cjs'),
  'node-source': readSource,
};

async function runEntries(tarball, script) {
  const { node } = await makeProject(tarball, { from: 'tests/packaging/projects/node' });
  const counts = new Set();
  for (const entry of ENTRIES) {
    for (const flags of FLAGS) {
      const found = JSON.parse(await node([...flags, script, entry]));
      assertFound(found, entry);
      counts.add(found.compatible);
    }
  }
  assert.equal(counts.size, 1, `entries disagree: ${[...counts].join(', ')}`);
}

function assertFound({ total, compatible, ...found }, entry) {
  // The second module is compiled when the first header is read.
  const compiled = { compiled: 1, later: 2 };
  const expected = { verdict: true, architecture: 'qwen', code: 'invalid_model', elements: 6 };
  assert.deepEqual(found, { ...expected, ...compiled }, entry);
  assert.ok(compatible > 0 && compatible < total, `${compatible} of ${total} compatible`);
}

/** No file makes code from strings, and no entry waits while it is loaded. */
async function readSource({ tarball }) {
  const { installed } = await makeProject(tarball);
  const scripts = filesOf(join(installed, 'dist')).filter((name) => /\.c?js$/.test(name));
  assert.ok(scripts.includes('index.js') && scripts.includes('index.cjs'), 'the main entry');
  for (const name of scripts) {
    const source = readFileSync(join(installed, 'dist', name), 'utf8');
    assert.equal(/\beval\(|\bnew Function\b/.exec(source)?.[0], undefined, name);
    // The format cannot express a top-level await: esbuild refuses it.
    if (name !== 'cli.js') await transform(source, { format: 'cjs', sourcefile: name });
  }
}
