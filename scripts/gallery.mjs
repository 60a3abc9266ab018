// Builds examples/gallery as a visitor of npm would: from the packed package, not from the source.
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from './build.mjs';
import { alone } from './lib/alone.mjs';
import { isMain, main, root, run, Stop, step } from './lib/run.mjs';
import { once } from './lib/stamp.mjs';

const GALLERY = 'examples/gallery';
const PACKED = '.tools/gallery';

/** What Next.js reads; files that it writes beside them do not count. */
const SOURCES = [
  'app',
  'components',
  'lib',
  'public',
  'next.config.ts',
  'tsconfig.json',
  'package.json',
].map((name) => `${GALLERY}/${name}`);

/** Builds what has changed. Returns the folder of the static site. */
export async function buildGallery() {
  await build();
  const inputs = ['dist', 'package.json', 'scripts/gallery.mjs', ...SOURCES];
  const outputs = [`${GALLERY}/out/index.html`, `${GALLERY}/out/404.html`];
  await alone('gallery', () => once('gallery', { inputs, outputs }, make));
  return join(root, GALLERY, 'out');
}

async function make() {
  await step('installing the gallery', install);
  await step('building the gallery', exportSite);
}

/** Its dependencies, with the packed package in place of the linked one. */
async function install() {
  const tarball = await pack();
  // A package of the same version may be there, or a link to the root.
  rmSync(join(root, GALLERY, 'node_modules/hubfit'), { recursive: true, force: true });
  const quiet = ['--no-audit', '--no-fund', '--ignore-scripts'];
  await run('npm', ['install', '--no-save', '--no-package-lock', ...quiet, tarball], {
    cwd: join(root, GALLERY),
  });
}

async function pack() {
  const folder = join(root, PACKED);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  await run('npm', ['pack', '--ignore-scripts', '--pack-destination', PACKED]);
  const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz'));
  if (!tarball) throw new Stop(`npm pack wrote nothing to ${PACKED}`);
  return join(folder, tarball);
}

async function exportSite() {
  const cwd = join(root, GALLERY);
  rmSync(join(cwd, 'out'), { recursive: true, force: true });
  const next = join(cwd, 'node_modules/next/dist/bin/next');
  await run(process.execPath, [next, 'build'], {
    cwd,
    env: { NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'production' },
  });
}

if (isMain(import.meta.url)) {
  await main(async () => process.stdout.write(`${await buildGallery()}\n`));
}
