import type { ByteSource } from './byte-source.ts';

/** How a read is going. */
export interface ReadProgress {
  /** Reads made. */
  reads: number;
  /** Bytes received. */
  bytes: number;
}

/** The same source, telling the bytes of each read. */
export function countedSource(source: ByteSource, onRead: (bytes: number) => void): ByteSource {
  return {
    name: source.name,
    get size() {
      return source.size;
    },
    read: async (start, end) => {
      const bytes = await source.read(start, end);
      onRead(bytes.length);
      return bytes;
    },
  };
}
