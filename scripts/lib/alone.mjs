// One at a time: two builds at once would mix their outputs.
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { root } from './run.mjs';

/** Milliseconds in which a holder has surely written its pid. */
const SETTLED = 10_000;

/** The locks of this process. */
const mine = new Set();

/** Does the work while no other process does work of that name. */
export async function alone(name, work) {
  mkdirSync(join(root, '.tools'), { recursive: true });
  const lock = join('.tools', `${name}.lock`);
  const folder = join(root, lock);
  await taken(folder, lock);
  try {
    return await work();
  } finally {
    mine.delete(folder);
    if (holder(folder) === String(process.pid)) rmSync(folder, { recursive: true, force: true });
  }
}

async function taken(folder, lock) {
  let said = false;
  while (!take(folder)) {
    const pid = holder(folder);
    if (isStale(folder, pid)) discard(folder, pid);
    else {
      if (!said)
        process.stderr.write(`· waiting for another build (process ${pid ?? '?'}, ${lock})\n`);
      said = true;
      await setTimeout(200);
    }
  }
}

function take(folder) {
  try {
    mkdirSync(folder);
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
  mine.add(folder);
  writeFileSync(join(folder, 'pid'), String(process.pid));
  return true;
}

/** The pid in a lock; undefined where none is written. */
function holder(folder) {
  try {
    return readFileSync(join(folder, 'pid'), 'utf8') || undefined;
  } catch {
    return undefined;
  }
}

/** A lock whose holder is gone holds nothing. */
function isStale(folder, pid) {
  if (pid === undefined) return age(folder) > SETTLED;
  // Containers number their processes alike: an ended one may have had the pid of this one.
  if (pid === String(process.pid)) return !mine.has(folder);
  return !isAlive(Number(pid));
}

function age(folder) {
  return Date.now() - (statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it is another user's.
    return error.code === 'EPERM';
  }
}

/** Renamed first: of two that wait only one can, and a lock that was fresh after all is put back. */
function discard(folder, pid) {
  const aside = `${folder}.${process.pid}-${Date.now()}`;
  try {
    renameSync(folder, aside);
    const same = holder(aside) === pid && isStale(aside, pid);
    if (same) rmSync(aside, { recursive: true, force: true });
    else renameSync(aside, folder);
  } catch {
    // Another one was faster.
  }
}
