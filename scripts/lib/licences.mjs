// The licence texts of the npm packages and crates that ours carries: most licences want to go where the code goes.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root, Stop } from './run.mjs';

const RULE = '-'.repeat(80);

/**
 * Name, version, licence and its text: of the named packages and all that they depend on, and of the crates that these
 * features of ours depend on in WebAssembly.
 */
export function licenceTexts(names, features) {
  const packages = new Map();
  for (const name of names) walk(name, root, packages);
  return `dist/cli.js carries these packages.
${entries(packages)}
The files of WebAssembly, which are also part of the scripts, carry the standard library of Rust (MIT OR Apache-2.0,
https://github.com/rust-lang/rust) and these crates.
${entries(crates(features))}`;
}

function entries(found) {
  const titles = [...found.keys()].sort();
  return titles.map((title) => entry(title, found.get(title))).join('');
}

/** The crates of a build, but those that only the compiler runs. */
function crates(features) {
  const options = ['--format-version', '1', '--filter-platform', 'wasm32-unknown-unknown'];
  const args = ['metadata', ...options, '--features', features.join(',')];
  const stdio = ['ignore', 'pipe', 'inherit'];
  const output = execFileSync('cargo', args, { cwd: root, maxBuffer: 1 << 28, stdio });
  const { packages, resolve } = JSON.parse(output);
  const byId = new Map(packages.map((one) => [one.id, one]));
  const needed = new Map(resolve.nodes.map(({ id, deps }) => [id, deps.filter(isCarried)]));
  const found = new Map();
  const visit = (id) => {
    const { name, version, license, manifest_path: path, targets } = byId.get(id);
    const title = `${name} ${version}`;
    if (found.has(title) || targets.some(({ kind }) => kind.includes('proc-macro'))) return;
    if (id !== resolve.root) found.set(title, { folder: dirname(path), licence: license });
    for (const { pkg } of needed.get(id)) visit(pkg);
  };
  visit(resolve.root);
  return found;
}

function isCarried({ dep_kinds: kinds }) {
  return kinds.some(({ kind }) => kind === null);
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
  const files = readdirSync(folder).filter((name) => /^(licen[cs]e|copying)/i.test(name));
  // Where one can choose, the short one.
  const file = files.find((name) => /mit/i.test(name)) ?? files[0];
  if (!file || !licence) throw new Stop(`${title}: no licence in ${folder}`);
  const text = readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n').trim();
  return `\n${RULE}\n${title} (${licence})\n${RULE}\n\n${text}\n`;
}
