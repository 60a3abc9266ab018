import { callReaders } from '../core/call-readers.ts';
import { HubfitError } from '../core/hubfit-error.ts';
import type { FileFacts } from '../generated/core.d.ts';
import type { FileReader } from '../generated/readers.d.ts';
import type { ByteSource } from '../io/byte-source.ts';
import { withHead } from '../io/with-head.ts';

/** What a file says, and the reader that holds the rest of it: free it when done. */
export interface ReadHeader {
  facts: FileFacts;
  reader: FileReader;
}

/** Reads the header of a file, range by range as the core asks for them. */
export async function readHeader(source: ByteSource, format?: string): Promise<ReadHeader> {
  const known = format ?? formatOf(source.name, new Uint8Array());
  // Without a size, offsets could not be checked; without a format, its first bytes must tell it.
  const sized =
    known && source.size !== undefined ? source : await withHead(source, firstBytes(known));
  const reader = open(known ?? (await recognise(sized)), sized.size);
  try {
    return { facts: await feed(reader, sized), reader };
  } catch (error) {
    reader.free();
    throw error;
  }
}

async function feed(reader: FileReader, source: ByteSource): Promise<FileFacts> {
  let wanted: ArrayLike<number> = reader.start();
  for (;;) {
    const bytes = await source.read(wanted[0] ?? 0, wanted[1] ?? 0);
    const { facts, need } = callReaders(() => reader.feed(bytes));
    if (facts) return facts;
    wanted = need ?? [];
  }
}

function open(format: string, size: number | undefined): FileReader {
  return callReaders((core) => new core.FileReader(format, size));
}

/** What is read of a file whose name says nothing: enough for the usual safetensors header. */
const HEAD_BYTES = 100_000;

/** What the reader of a format reads first, where it knows no size. */
function firstBytes(format: string | undefined): number {
  if (format === undefined) return HEAD_BYTES;
  const reader = open(format, undefined);
  const [, end] = reader.start();
  reader.free();
  return end ?? HEAD_BYTES;
}

async function recognise(source: ByteSource): Promise<string> {
  const format = formatOf(source.name, await source.read(0, 16));
  if (format) return format;
  throw new HubfitError('invalid_file', `${source.name}: expected a model file, found another`);
}

function formatOf(name: string, start: Uint8Array): string | undefined {
  return callReaders((core) => core.file_format(name, start));
}
