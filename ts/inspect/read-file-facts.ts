import type { FileFacts } from '../generated/core.d.ts';
import type { ByteSource } from '../io/byte-source.ts';
import { countedSource, type ReadProgress } from '../io/counted-source.ts';

/** How to read a header. */
export interface ReadFileOptions {
  /** What the file is: `gguf`, `safetensors`, …; by its name, else by its first bytes, where left out. */
  format?: string;
  /** Told after each read. */
  onProgress?: (progress: ReadProgress) => void;
}

/** The readers are a module of their own: a page that reads no header never loads them. Loaders take their time. */
let readers: typeof import('./read-header.ts') | undefined;

/**
 * Reads the header of a model file, and no more of it than that.
 *
 * @throws {HubfitError} `invalid_file` for a file that is damaged or of another format
 */
export async function readFileFacts(
  source: ByteSource,
  options: ReadFileOptions = {},
): Promise<FileFacts> {
  const progress = { reads: 0, bytes: 0 };
  const counted = countedSource(source, (bytes) => {
    progress.reads += 1;
    progress.bytes += bytes;
    options.onProgress?.({ ...progress });
  });
  readers ??= await import('./read-header.ts');
  const { facts, reader } = await readers.readHeader(counted, options.format);
  reader.free();
  return facts;
}
