// TypeScript consumers, strict, declarations checked: ESM, CommonJS, bundlers, and before `exports`.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { root } from '../../../scripts/lib/run.mjs';
import { makeProject } from '../lib/project.mjs';

const TSC = join(root, 'node_modules/typescript/bin/tsc');
const STRICT = ['--noEmit', '--strict', '--exactOptionalPropertyTypes', '--target', 'es2022'];
const NODENEXT = ['--module', 'nodenext', '--moduleResolution', 'nodenext'];
const OLD = ['--module', 'commonjs', '--moduleResolution', 'node10'];
const BUNDLER = ['--module', 'esnext', '--moduleResolution', 'bundler'];
const WEB = ['--lib', 'es2023,dom,dom.iterable'];
const NODE = ['--lib', 'es2023', '--types', 'node'];

export default {
  'types-esm': ({ tarball }) => check(tarball, 'module', [...NODENEXT, ...WEB, 'use.ts']),
  'types-cjs': ({ tarball }) =>
    check(tarball, 'commonjs', [...NODENEXT, ...WEB, 'use.ts', 'require.cts']),
  'types-old': ({ tarball }) => check(tarball, 'commonjs', [...OLD, ...WEB, 'use.ts']),
  'types-bundler': ({ tarball }) => check(tarball, 'module', [...BUNDLER, ...WEB, 'use.ts']),
  'types-node': ({ tarball }) =>
    check(tarball, 'module', [...NODENEXT, ...NODE, 'on-node.ts'], 'types'),
  'types-worker': ({ tarball }) => checkWorker(tarball),
};

async function check(tarball, type, args, tools) {
  const from = 'tests/packaging/projects/types';
  const { node } = await makeProject(tarball, { from, type, tools });
  await node([TSC, ...STRICT, ...args]);
}

/** The example Worker, whose types come through the `workerd` condition. */
async function checkWorker(tarball) {
  const { node } = await makeProject(tarball, { from: 'examples/worker' });
  const said = await node([TSC, '--traceResolution']);
  assert.match(said, /dist\/workerd\.d\.ts/);
}
