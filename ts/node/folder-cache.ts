import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CachedAnswer, HubCache } from '../io/hub-cache.ts';
import type { CacheSize } from '../io/memory-cache.ts';

/** What another process may still be writing. */
const FRESH = 3_600_000;

/**
 * Keeps answers in a folder, one file each, 1 GB where nothing else is said. Several processes may share it: a
 * file is written apart and put in place whole, so nobody reads half of one.
 */
export function folderCache(
  folder: string,
  { maxBytes = 1_000_000_000 }: CacheSize = {},
): HubCache {
  let bytes: number | undefined;
  const place = (key: string): string => {
    const name = createHash('sha256').update(key).digest('hex');
    return join(folder, name.slice(0, 2), name);
  };
  return {
    async get(key) {
      return read(key, await readFile(place(key)).catch(() => undefined));
    },
    async set(key, answer) {
      const file = place(key);
      const content = write(key, answer);
      await mkdir(join(file, '..'), { recursive: true });
      const apart = `${file}.${randomUUID()}`;
      try {
        await writeFile(apart, content);
        await rename(apart, file);
      } catch (error) {
        await rm(apart, { force: true });
        throw error;
      }
      bytes = (bytes ?? (await sizeOf(folder))) + content.length;
      if (bytes > maxBytes) bytes = await shrink(folder, maxBytes * 0.8);
    },
  };
}

/** A line that says what it is, then the body. */
function write(key: string, { body, ...about }: CachedAnswer): Uint8Array {
  return Buffer.concat([Buffer.from(`${JSON.stringify({ key, ...about })}\n`), body]);
}

/** None where the file is another's, or damaged. */
function read(key: string, content: Buffer | undefined): CachedAnswer | undefined {
  const end = content?.indexOf('\n') ?? -1;
  if (!content || end < 0) return undefined;
  try {
    const { key: own, ...about } = JSON.parse(content.toString('utf8', 0, end));
    return own === key ? { ...about, body: new Uint8Array(content.subarray(end + 1)) } : undefined;
  } catch {
    return undefined;
  }
}

interface KeptFile {
  path: string;
  bytes: number;
  /** Milliseconds since 1970. */
  written: number;
}

async function filesOf(folder: string): Promise<KeptFile[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = entries.filter((entry) => entry.isFile() && NAME.test(entry.name));
  const found = files.map(async ({ parentPath, name }) => {
    const path = join(parentPath, name);
    // Another process may have taken it away meanwhile.
    const facts = await stat(path).catch(() => undefined);
    return facts && { path, bytes: facts.size, written: facts.mtimeMs };
  });
  return (await Promise.all(found)).filter((file) => file !== undefined);
}

/** Only what we wrote is counted, and taken away. */
const NAME = /^[0-9a-f]{64}(\.[0-9a-f-]{36})?$/;

async function sizeOf(folder: string): Promise<number> {
  return (await filesOf(folder)).reduce((sum, { bytes }) => sum + bytes, 0);
}

/** Takes the oldest away until so much is left, and what writers left who were killed. */
async function shrink(folder: string, most: number): Promise<number> {
  const files = (await filesOf(folder)).sort((one, other) => one.written - other.written);
  let bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  for (const { path, bytes: size, written } of files) {
    const apart = path.includes('.', path.lastIndexOf('/'));
    if (apart ? Date.now() - written < FRESH : bytes <= most) continue;
    await rm(path, { force: true });
    bytes -= size;
  }
  return bytes;
}
