// Has the libraries that own the formats write files and read them, then compares our reading (tests/agreement.rs).
// Real vocabularies are read too where scripts/vocabularies.mjs has fetched them.
// Run: npx tsx tests/agreement/run.ts

import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensurePython } from '../hub/python/venv.ts';
import { READERS } from './readers.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const FRESH = join(ROOT, 'target/agreement');
const VOCABULARIES = join(ROOT, '.cache/vocabularies');

function vocabularies(): string[] {
  if (!existsSync(VOCABULARIES)) return [];
  return readdirSync(VOCABULARIES).map((name) => join(VOCABULARIES, name));
}

function compare(python: string): string {
  rmSync(FRESH, { recursive: true, force: true });
  const script = join(ROOT, 'tests/agreement/python/main.py');
  execFileSync(python, ['-B', script, FRESH, ...vocabularies()], { stdio: 'inherit' });
  const env = { ...process.env, HUBFIT_AGREEMENT: FRESH };
  const test = ['test', '--test', 'agreement'];
  return execFileSync('cargo', test, { cwd: ROOT, env, encoding: 'utf8' });
}

const found = ensurePython(READERS);
const said =
  'missing' in found
    ? `The libraries are absent, the committed files alone are compared: ${found.missing}.\n`
    : compare(found.python);
process.stdout.write(said);
