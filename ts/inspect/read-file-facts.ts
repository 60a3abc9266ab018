import { callCore } from '../core/call-core.ts';
import { HubfitError } from '../core/hubfit-error.ts';
import type { FileFacts } from '../generated/core.d.ts';
import type { ByteSource } from '../io/byte-source.ts';

/** How a header read is going. */
export interface ReadProgress {
  /** Reads made. */
  reads: number;
  /** Bytes received. */
  bytes: number;
}

/** How to read a header. */
export interface ReadFileOptions {
  /** What the file is; by its name, else by its first bytes, where left out. */
  format?: string;
  /** Told after each read. */
  onProgress?: (progress: ReadProgress) => void;
}

/**
 * Reads the header of a GGUF or safetensors file, and no more of it than that.
 *
 * @throws {HubfitError} `invalid_file` for a file that is damaged or of another format
 */
export async function readFileFacts(
  source: ByteSource,
  options: ReadFileOptions = {},
): Promise<FileFacts> {
  const format = options.format ?? (await recognise(source));
  const reader = callCore((core) => new core.FileReader(format, source.size));
  try {
    let wanted = reader.start();
    for (const progress = { reads: 1, bytes: 0 }; ; progress.reads += 1) {
      const bytes = await source.read(wanted[0] ?? 0, wanted[1] ?? 0);
      progress.bytes += bytes.length;
      options.onProgress?.({ ...progress });
      const { facts, need } = callCore(() => reader.feed(bytes));
      if (facts) return facts;
      wanted = Float64Array.from(need ?? []);
    }
  } finally {
    reader.free();
  }
}

/** Its name tells, or its first bytes. */
async function recognise(source: ByteSource): Promise<string> {
  const { name } = source;
  const ofName = callCore((core) => core.file_format(name, new Uint8Array()));
  if (ofName) return ofName;
  const start = await source.read(0, 16);
  const format = callCore((core) => core.file_format(name, start));
  if (format) return format;
  throw new HubfitError('invalid_file', `${name}: expected a model file, found another`);
}
