import type { ByteSource } from './byte-source.ts';

/** A Blob, or a File that a visitor chose: only what is asked for is read. */
export function blobSource(blob: Blob, name?: string): ByteSource {
  return {
    name: name ?? ('name' in blob ? String(blob.name) : 'blob'),
    size: blob.size,
    read: async (start, end) => new Uint8Array(await blob.slice(start, end).arrayBuffer()),
  };
}
