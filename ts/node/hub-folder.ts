import { randomUUID } from 'node:crypto';
import { copyFile, mkdir, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { HubfitError } from '../core/hubfit-error.ts';

/** Where the Hub's own tools keep what they download (`huggingface_hub` `constants.py`). */
export function usualFolder(env: NodeJS.ProcessEnv = process.env): string {
  const home = env.HF_HOME ?? join(env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'huggingface');
  return env.HF_HUB_CACHE ?? join(home, 'hub');
}

/** The folder of a model in the layout that the Hub's own tools share: blobs, and names for them by commit. */
export interface HubFolder {
  /** Where a blob is kept, by its hash. */
  blob(hash: string): string;
  /** Where a file of the commit is found. */
  snapshot(path: string): string;
  /** Names a blob as a file of the commit. */
  link(path: string, hash: string): Promise<void>;
  /** Notes which commit a branch or tag stands for. */
  remember(revision: string): Promise<void>;
}

export function hubFolder(root: string, id: string, commit: string): HubFolder {
  if (!/^[0-9a-f]{40}$/.test(commit)) throw unsafe('commit', commit);
  const folder = join(root, `models--${id.replaceAll('/', '--')}`);
  const snapshot = (path: string): string => join(folder, 'snapshots', commit, ...parts(path));
  const blob = (hash: string): string => {
    if (/^[0-9a-f]{40,64}$/.test(hash)) return join(folder, 'blobs', hash);
    throw unsafe('hash', hash);
  };
  return {
    blob,
    snapshot,
    async link(path, hash) {
      const place = snapshot(path);
      await mkdir(dirname(place), { recursive: true });
      await putInPlace(place, (apart) => name(blob(hash), apart, dirname(place)));
    },
    async remember(revision) {
      // A commit needs no name.
      if (revision === commit) return;
      const place = join(folder, 'refs', ...parts(revision));
      await mkdir(dirname(place), { recursive: true });
      await putInPlace(place, (apart) => writeFile(apart, commit));
    },
  };
}

/** A link where the system has some, else a copy, as the Hub's own tools do. */
async function name(blob: string, place: string, folder: string): Promise<void> {
  try {
    await symlink(relative(folder, blob), place);
  } catch {
    await copyFile(blob, place);
  }
}

/** Nobody sees half of it. */
async function putInPlace(place: string, write: (apart: string) => Promise<void>): Promise<void> {
  const apart = `${place}.${randomUUID()}`;
  try {
    await write(apart);
    await rename(apart, place);
  } catch (error) {
    await rm(apart, { force: true });
    throw error;
  }
}

/** A name from the Hub never leads out of the folder. */
function parts(path: string): string[] {
  const found = path.split('/');
  const bad = (part: string): boolean => ['', '.', '..'].includes(part) || /[\\:\0]/.test(part);
  if (found.some(bad)) throw unsafe('path', path);
  return found;
}

function unsafe(what: string, found: string): HubfitError {
  const message = `${what}: expected one that stays inside its folder, found ${JSON.stringify(found).slice(0, 100)}`;
  return new HubfitError('invalid_response', message);
}

/** Bytes of a file; none where there is none. */
export async function sizeOf(path: string): Promise<number | undefined> {
  return (await stat(path).catch(() => undefined))?.size;
}
