import { HubfitError } from '../core/hubfit-error.ts';

/** A shard has at most 16 MiB, and a little for its names. */
const MOST_BYTES = 20 << 20;

type Bytes = Uint8Array<ArrayBuffer>;

/** A shard as the core reads it. Shards are kept packed, since not every host packs what it serves; one that does may have unpacked it. */
export async function shardBytes(name: string, bytes: Bytes): Promise<Bytes> {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return await (throughNode(bytes) ?? throughStream(bytes));
  } catch (error) {
    throw isTooLong(error)
      ? new HubfitError('limit_exceeded', `${name}: expected at most ${MOST_BYTES} bytes`)
      : new HubfitError('invalid_file', `${name}: expected gzip data, found it damaged`, {
          cause: error,
        });
  }
}

/** Stops where a small file grows without end. */
const TOO_LONG = new RangeError('longer than any shard');

function isTooLong(error: unknown): boolean {
  return error === TOO_LONG || (error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE';
}

/** Gzip data end with how many bytes they unpack to. It may be wrong, so it only says for how many there should be room. */
function promised(bytes: Bytes): number {
  const end = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const length = bytes.length < 4 ? 0 : end.getUint32(bytes.length - 4, true);
  return Math.min(Math.max(length, 1 << 14), MOST_BYTES);
}

/** In Node by threads of its own, at half the effort of its streams. */
function throughNode(bytes: Bytes): Promise<Bytes> | undefined {
  const { process } = globalThis as { process?: { getBuiltinModule?: (name: string) => unknown } };
  const zlib = process?.getBuiltinModule?.('node:zlib') as typeof import('node:zlib') | undefined;
  if (typeof zlib?.gunzip !== 'function') return undefined;
  // A piece with a byte more than there are is the only one.
  const options = { chunkSize: promised(bytes) + 1, maxOutputLength: MOST_BYTES };
  return new Promise((resolve, reject) => {
    zlib.gunzip(bytes, options, (error, unpacked) => {
      if (error) reject(error);
      else resolve(unpacked as Bytes);
    });
  });
}

async function throughStream(bytes: Bytes): Promise<Bytes> {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  let whole = new Uint8Array(promised(bytes));
  let length = 0;
  const reader = stream.getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    const end = length + next.value.length;
    if (end > MOST_BYTES) {
      await reader.cancel();
      throw TOO_LONG;
    }
    if (end > whole.length) whole = longer(whole);
    whole.set(next.value, length);
    length = end;
  }
  return whole.subarray(0, length);
}

function longer(bytes: Bytes): Bytes {
  const whole = new Uint8Array(MOST_BYTES);
  whole.set(bytes);
  return whole;
}
