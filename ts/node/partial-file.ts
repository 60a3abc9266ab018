import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';

/** What this process is writing. */
const OURS = new Set<string>();

/** A writer that said nothing for so long is gone, wherever it was. */
const GONE = 3_600_000;

const HOST = hostname().replace(/[^A-Za-z0-9-]/g, '');

/**
 * A file of our own to write a blob's bytes to: what a writer left who was killed, or a new one. Its name says
 * who writes it, so that two processes never write the same, and none is lost when its writer is.
 */
export async function claimPartial(blob: string): Promise<string> {
  await mkdir(dirname(blob), { recursive: true });
  const own = `${blob}.${HOST}.${process.pid}.${randomUUID().slice(0, 8)}.incomplete`;
  OURS.add(own);
  for (const left of await leftBehind(blob)) {
    // Only one of those who try gets it.
    const got = await rename(left, own).then(
      () => true,
      () => false,
    );
    if (got) break;
  }
  return own;
}

/** It is whole, and gets its name; what others left of it who were killed is taken away. */
export async function finishPartial(partial: string, blob: string): Promise<void> {
  await rename(partial, blob);
  OURS.delete(partial);
  for (const left of await leftBehind(blob)) await rm(left, { force: true });
}

/** It is given up: kept for the next who wants it, or taken away where it is wrong. */
export async function leavePartial(partial: string, isWrong: boolean): Promise<void> {
  OURS.delete(partial);
  const empty = (await stat(partial).catch(() => undefined))?.size === 0;
  if (isWrong || empty) await rm(partial, { force: true });
}

/** What writers left who are gone, the longest first. */
async function leftBehind(blob: string): Promise<string[]> {
  const [folder, start] = [dirname(blob), `${basename(blob)}.`];
  const names = (await readdir(folder)).filter(
    (name) =>
      name.startsWith(start) && name.endsWith('.incomplete') && name !== `${start}incomplete`,
  );
  const found = await Promise.all(names.map((name) => abandoned(join(folder, name))));
  const sure = found.filter((file) => file !== undefined);
  return sure.sort((one, other) => other.size - one.size).map(({ path }) => path);
}

async function abandoned(path: string): Promise<{ path: string; size: number } | undefined> {
  const facts = await stat(path).catch(() => undefined);
  if (!facts || OURS.has(path)) return undefined;
  const [, host, pid] = /\.([A-Za-z0-9-]*)\.(\d+)\.[0-9a-f]{8}\.incomplete$/.exec(path) ?? [];
  const lives = host !== HOST || (Number(pid) !== process.pid && isAlive(Number(pid)));
  if (lives && Date.now() - facts.mtimeMs < GONE) return undefined;
  return { path, size: facts.size };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It is somebody else's.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
