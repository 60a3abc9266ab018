import { type FileHandle, open } from 'node:fs/promises';
import { HubfitError } from '../core/hubfit-error.ts';
import type { ByteSource } from '../io/byte-source.ts';

/** A local file, read where it is asked for; call `close` when done. */
export async function fileSource(path: string): Promise<ByteSource & { close(): Promise<void> }> {
  const file = await open(path, 'r').catch((error) => refuse(path, error));
  const { size } = await file.stat();
  return {
    name: path,
    size,
    read: (start, end) => readPart(file, start, Math.min(end, size)),
    close: () => file.close(),
  };
}

async function readPart(file: FileHandle, start: number, end: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(Math.max(0, end - start));
  const { bytesRead } = await file.read(bytes, 0, bytes.length, start);
  return bytes.subarray(0, bytesRead);
}

function refuse(path: string, cause: Error): never {
  throw new HubfitError('invalid_argument', `${path}: ${cause.message}`, { cause });
}
