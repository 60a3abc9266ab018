// What a bare clone starts with: scripts that bring the packages can import none of them.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const STATIC_IMPORT =
  /^(?:import|export)\b[^'"]*from\s*['"]([^'"]+)['"]|^import\s*['"]([^'"]+)['"]/gm;

/** Every name that a script and what it loads at once import, as `file: name`. */
function importsAtOnce(file: string, seen = new Map<string, string[]>()): Map<string, string[]> {
  if (seen.has(file)) return seen;
  const names = [...readFileSync(join(ROOT, file), 'utf8').matchAll(STATIC_IMPORT)].map(
    (found) => found[1] ?? found[2] ?? '',
  );
  seen.set(file, names);
  for (const name of names.filter((name) => name.startsWith('.'))) {
    importsAtOnce(join(dirname(file), name), seen);
  }
  return seen;
}

const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
const BEFORE_SETUP = ['start', 'test', 'setup', 'build'].map((name) => scripts[name].split(' ')[1]);

test.each(BEFORE_SETUP)('%s runs in a bare clone: it imports no package at once', (script) => {
  const imports = importsAtOnce(script);
  expect(imports.get(script)).not.toEqual([]);
  for (const [file, names] of imports) {
    const packages = names.filter((name) => !name.startsWith('node:') && !name.startsWith('.'));
    expect(packages, file).toEqual([]);
  }
});
