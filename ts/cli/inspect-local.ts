import { existsSync } from 'node:fs';
import type { FileFacts } from '../generated/core.d.ts';
import { inspectFile } from '../inspect/inspect-file.ts';
import { fileSource } from './file-source.ts';

/** Whether it names a file: by a URL, or by a path where one is. */
export function isLocal(what: string): boolean {
  return (
    isUrl(what) || (/\.(gguf|safetensors)$/i.test(what) && !what.includes(':')) || existsSync(what)
  );
}

function isUrl(what: string): boolean {
  return /^https?:\/\//i.test(what);
}

/** What the header of a file says, read from a URL or a path. */
export async function inspectLocal(what: string): Promise<FileFacts> {
  if (isUrl(what)) return inspectFile(what);
  const source = await fileSource(what);
  try {
    return await inspectFile(source);
  } finally {
    await source.close();
  }
}
