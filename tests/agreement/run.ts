// Has the libraries that own the formats write files and read them, then compares our reading (tests/agreement.rs).
// Run: npx tsx tests/agreement/run.ts [--vocabularies]: that compares real ones too, which takes PyPI gguf minutes.

import { execFileSync } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensurePython } from '../hub/python/venv.ts';
import { READERS } from './readers.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const FRESH = join(ROOT, 'target/agreement');

/** What scripts/vocabularies.mjs has fetched. */
const VOCABULARIES = join(ROOT, '.cache/vocabularies');

function vocabularies(): string[] {
  if (!process.argv.includes('--vocabularies')) return [];
  return readdirSync(VOCABULARIES).map((name) => join(VOCABULARIES, name));
}

function compare(python: string): string {
  rmSync(FRESH, { recursive: true, force: true });
  const script = join(ROOT, 'tests/agreement/python/main.py');
  execFileSync(python, ['-B', script, FRESH, ...vocabularies()], { stdio: 'inherit' });
  // Graphs and pickles are compared with those libraries of theirs that are there.
  const env = { ...process.env, HUBFIT_AGREEMENT: FRESH, HUBFIT_PYTHON: python };
  const test = [
    'test',
    '--test',
    'agreement',
    '--test',
    'graphs_agreement',
    '--test',
    'pickles_agreement',
  ];
  return execFileSync('cargo', test, { cwd: ROOT, env, encoding: 'utf8' });
}

const found = ensurePython(READERS);
if ('missing' in found) {
  console.log(`! agreement with other libraries is skipped: ${found.missing}`);
  console.log('agreement: 0 passed, 0 failed, 1 skipped');
} else {
  console.log(compare(found.python));
}
