import type { ByteSource } from './byte-source.ts';

/** How a read is going. */
export interface ReadProgress {
  /** Reads made. */
  reads: number;
  /** Bytes received. */
  bytes: number;
}

/** The same source, telling of each read. */
export function countedSource(
  source: ByteSource,
  onProgress: ((progress: ReadProgress) => void) | undefined,
): ByteSource {
  if (!onProgress) return source;
  const progress = { reads: 0, bytes: 0 };
  return {
    name: source.name,
    get size() {
      return source.size;
    },
    read: async (start, end) => {
      const bytes = await source.read(start, end);
      progress.reads += 1;
      progress.bytes += bytes.length;
      onProgress({ ...progress });
      return bytes;
    },
  };
}
