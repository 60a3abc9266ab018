// npm packages through npm, which packs them as published and runs no script of theirs.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { run, Stop } from '../../lib/run.mjs';

const QUIET = ['--loglevel', 'error', '--no-update-notifier'];

/** All versions published. */
export async function versions(name) {
  const list = JSON.parse(await run('npm', ['view', name, 'versions', '--json', ...QUIET]));
  return [list].flat();
}

/** Downloads the tarball of one version into a folder and returns its path. */
export async function fetch(name, version, folder) {
  const what = `${name}@${version}`;
  await run('npm', ['pack', what, '--ignore-scripts', '--pack-destination', folder, ...QUIET]);
  const tarballs = readdirSync(folder).filter((file) => file.endsWith('.tgz'));
  if (tarballs.length !== 1)
    throw new Stop(`${what}: expected one tarball, found ${tarballs.length}`);
  return join(folder, tarballs[0]);
}
