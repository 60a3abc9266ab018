import type { ByteSource } from './byte-source.ts';

/** The same source, its first bytes read once and kept: a source over HTTP knows its size from then on. */
export async function withHead(source: ByteSource, bytes: number): Promise<ByteSource> {
  const head = await source.read(0, bytes);
  const holds = (end: number): boolean => end <= head.length || head.length === source.size;
  return {
    name: source.name,
    get size() {
      return source.size;
    },
    read: async (start, end) => (holds(end) ? head.subarray(start, end) : source.read(start, end)),
  };
}
