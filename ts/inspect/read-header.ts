import { callReaders } from '../core/call-readers.ts';
import type { Call } from '../core/connect.ts';
import { HubfitError } from '../core/hubfit-error.ts';
import type { FileFacts } from '../generated/core.d.ts';
import type { FileReader } from '../generated/readers.d.ts';
import type { ByteSource } from '../io/byte-source.ts';
import { withHead } from '../io/with-head.ts';
import { fileFormat } from './file-format.ts';

/** What a file says, and the reader that holds the rest of it: free it when done. */
export interface ReadHeader {
  facts: FileFacts;
  reader: FileReader;
}

/** Calls one of the modules that have readers. */
type CallReaders = Call<{ FileReader: new (format: string, size?: number | null) => FileReader }>;

/** Reads the header of a file, range by range as the core asks for them. */
export async function readHeader(source: ByteSource, format?: string): Promise<ReadHeader> {
  let known = format ?? fileFormat(source.name);
  // Without a size, offsets could not be checked; without a format, its first bytes must tell it.
  const sized =
    known && source.size !== undefined ? source : await withHead(source, await firstBytes(known));
  known ??= await recognise(sized);
  const call = await readersOf(known);
  const reader = open(call, known, sized.size);
  try {
    return { facts: await feed(call, reader, sized), reader };
  } catch (error) {
    reader.free();
    throw error;
  }
}

/** The formats that most models come in; all others have their readers in a module of their own. */
const USUAL: ReadonlySet<string> = new Set(['gguf', 'safetensors']);

let more: typeof import('../core/call-more-readers.ts') | undefined;

async function readersOf(format: string): Promise<CallReaders> {
  if (USUAL.has(format)) return callReaders;
  more ??= await import('../core/call-more-readers.ts');
  return more.callMoreReaders;
}

function open(call: CallReaders, format: string, size: number | undefined): FileReader {
  return call((core) => new core.FileReader(format, size));
}

async function feed(call: CallReaders, reader: FileReader, source: ByteSource): Promise<FileFacts> {
  let wanted: ArrayLike<number> = reader.start();
  for (;;) {
    const bytes = await source.read(wanted[0] ?? 0, wanted[1] ?? 0);
    const { facts, need } = call(() => reader.feed(bytes));
    if (facts) return facts;
    wanted = need ?? [];
  }
}

/** What is read of a file whose name says nothing: enough for the usual safetensors header. */
const HEAD_BYTES = 100_000;

/** What the reader of a format reads first, where it knows no size. */
async function firstBytes(format: string | undefined): Promise<number> {
  if (format === undefined) return HEAD_BYTES;
  const reader = open(await readersOf(format), format, undefined);
  const [, end] = reader.start();
  reader.free();
  return end ?? HEAD_BYTES;
}

async function recognise(source: ByteSource): Promise<string> {
  const format = fileFormat(source.name, await source.read(0, 16));
  if (format) return format;
  throw new HubfitError('invalid_file', `${source.name}: expected a model file, found another`);
}
