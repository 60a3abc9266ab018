// The types that Rust emits, as TypeScript sees them: what several modules have stands once in types.d.ts.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './run.mjs';

const FOLDER = join(root, 'ts/generated');

/** The file of what several modules have. */
const TYPES = 'types.d.ts';

const HEAD = '// Written by scripts/build.mjs from what wasm-bindgen emits: do not edit.\n';

/** Writes the types of modules, each given as the name of its file and the text that wasm-bindgen emits. */
export function writeContract(modules) {
  const texts = new Map(modules.map(({ file, text }) => [`${file}.d.ts`, declarations(text)]));
  const shared = sharedOf([...texts.values()]);
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  write(TYPES, [...shared.values()]);
  for (const [file, all] of texts) write(file, ownOf(all, shared));
}

/** All of it, to see whether it has changed. */
export function contractText() {
  try {
    const files = readdirSync(FOLDER).sort();
    return files.map((file) => `${file}\n${readFileSync(join(FOLDER, file), 'utf8')}`).join('');
  } catch {
    return '';
  }
}

/** Each declaration with the comment before it. */
function declarations(text) {
  const blocks = text.split(/\n\n+(?=\S)/).map((block) => block.trim());
  return blocks.map((block) => block.replace(/^\/\* [\w-]+:?disable \*\/\n/gm, ''));
}

/** Types that two modules have alike, by name; in the order of names, as that of wasm-bindgen changes. */
function sharedOf(modules) {
  const counts = new Map();
  for (const block of modules.flat()) {
    if (nameOf(block)) counts.set(block, (counts.get(block) ?? 0) + 1);
  }
  const blocks = [...counts].filter(([, count]) => count > 1).map(([block]) => block);
  const named = blocks.map((block) => [nameOf(block), block]);
  return new Map(named.sort(([one], [other]) => (one < other ? -1 : 1)));
}

function nameOf(block) {
  return /^export (?:interface|type) (\w+)/m.exec(block)?.[1];
}

/** What the module alone has, what it takes of the shared types, and those again for whoever imports from it. */
function ownOf(all, shared) {
  const own = all.filter((block) => shared.get(nameOf(block)) !== block);
  const code = own.join('\n').replace(/\/\*[\s\S]*?\*\//g, '');
  const words = new Set(code.match(/\w+/g));
  const used = [...shared.keys()].filter((name) => words.has(name));
  const list = used.map((name) => `    ${name},\n`).join('');
  return [`import type {\n${list}} from './${TYPES}';`, `export type * from './${TYPES}';`, ...own];
}

function write(file, blocks) {
  writeFileSync(join(FOLDER, file), `${HEAD}\n${blocks.join('\n\n')}\n`);
}
