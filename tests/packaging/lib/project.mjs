// Fresh projects that install the tarball, and the shared installs of the heavy tools that they use.
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { root } from '../../../scripts/lib/run.mjs';
import { digest, readJson } from './package.mjs';
import { exec, execNode } from './processes.mjs';

const INSTALL = ['install', '--no-audit', '--no-fund', '--ignore-scripts'];

/** What a copied example leaves behind. */
const MADE = new Set(['node_modules', 'dist', '.next', 'out', 'package-lock.json']);

/** Folders made, removed when everything is over. */
const made = new Set();
process.on('exit', removeProjects);

function removeProjects() {
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
}

/** A new folder that is removed at the end. */
export function temporaryFolder(parent = tmpdir(), name = 'hubfit-packaging-') {
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(join(parent, name));
  made.add(folder);
  return folder;
}

/**
 * Makes a project and installs the tarball in it.
 *
 * `from` is a folder of the repository to copy, `files` are more files, `tools` names a shared install of what
 * the folder's package.json asks for besides hubfit.
 */
export async function makeProject(tarball, { from, files = {}, type = 'module', tools } = {}) {
  const above = tools && (await installTools(tools, wanted(join(root, from))));
  const folder = temporaryFolder(above, tools ? 'project-' : undefined);
  if (from) cpSync(join(root, from), folder, { recursive: true, filter: own });
  const manifest = { private: true, type, dependencies: { hubfit: `file:${tarball}` } };
  writeAll(folder, { ...files, 'package.json': JSON.stringify(manifest) });
  await exec('npm', INSTALL, { cwd: folder });
  const installed = join(folder, 'node_modules/hubfit');
  return {
    folder,
    installed,
    node: (args, options) => execNode(args, { cwd: folder, ...options }),
  };
}

function own(path) {
  return !MADE.has(basename(path));
}

function writeAll(folder, files) {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

function wanted(folder) {
  const { dependencies, devDependencies } = readJson(join(folder, 'package.json'));
  const { hubfit, ...others } = { ...dependencies, ...devDependencies };
  return others;
}

/**
 * Installs packages once into `.tools/packaging/<name>`; again only when the wanted versions change. Projects
 * are made inside it, so that they find the tools as those of a workspace are found: in the folder above.
 */
export async function installTools(name, dependencies) {
  const folder = join(root, '.tools/packaging', name);
  const manifest = JSON.stringify({ private: true, dependencies });
  const stamp = join(folder, 'stamp');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === digest(manifest)) return folder;
  rmSync(folder, { recursive: true, force: true });
  writeAll(folder, { 'package.json': manifest });
  await exec('npm', INSTALL, { cwd: folder, timeout: 600_000 });
  writeFileSync(stamp, digest(manifest));
  return folder;
}
