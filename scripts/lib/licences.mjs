// The licence texts of npm packages that a bundle carries: most licences want to go where the code goes.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root, Stop } from './run.mjs';

const RULE = '-'.repeat(80);

/** Name, version, licence and its text, of the named packages and all that they depend on. */
export function licenceTexts(names) {
  const found = new Map();
  for (const name of names) walk(name, root, found);
  const texts = [...found.keys()].sort().map((title) => entry(title, found.get(title)));
  return `dist/cli.js carries these packages.\n${texts.join('')}`;
}

/** Adds a package as the one in `from` would find it. */
function walk(name, from, found, optional = false) {
  const folder = find(name, from);
  if (!folder && optional) return;
  if (!folder) throw new Stop(`${name} is not in node_modules: npm run setup`);
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const title = `${name} ${manifest.version}`;
  if (found.has(title)) return;
  found.set(title, { folder, licence: manifest.license });
  const { dependencies = {}, optionalDependencies = {} } = manifest;
  const all = Object.keys({ ...dependencies, ...optionalDependencies });
  for (const next of all) walk(next, folder, found, next in optionalDependencies);
}

/** Where Node looks: in node_modules here, then in each folder above. */
function find(name, from) {
  const folder = join(from, 'node_modules', name);
  if (existsSync(join(folder, 'package.json'))) return folder;
  return dirname(from).length < root.length - 1 ? undefined : find(name, dirname(from));
}

function entry(title, { folder, licence }) {
  const file = readdirSync(folder).find((name) => /^(licen[cs]e|copying)/i.test(name));
  if (!file || !licence) throw new Stop(`${title}: no licence in ${folder}`);
  const text = readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n').trim();
  return `\n${RULE}\n${title} (${licence})\n${RULE}\n\n${text}\n`;
}
