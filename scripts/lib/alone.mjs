// One at a time: two builds at once would mix their outputs.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { root } from './run.mjs';

/** Does the work while no other process does work of that name. */
export async function alone(name, work) {
  const folder = join(root, '.tools', `${name}.lock`);
  mkdirSync(join(root, '.tools'), { recursive: true });
  while (!take(folder)) await setTimeout(200);
  try {
    return await work();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function take(folder) {
  try {
    mkdirSync(folder);
    writeFileSync(join(folder, 'pid'), String(process.pid));
    return true;
  } catch {
    if (!isHeld(folder)) rmSync(folder, { recursive: true, force: true });
    return false;
  }
}

/** A lock whose holder is gone holds nothing. */
function isHeld(folder) {
  try {
    process.kill(Number(readFileSync(join(folder, 'pid'), 'utf8')), 0);
    return true;
  } catch (error) {
    // Not yet written, or the holder is another user's.
    return error.code === 'ENOENT' || error.code === 'EPERM';
  }
}
