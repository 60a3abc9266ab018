import { HubfitError } from '../core/hubfit-error.ts';

/** A shard has at most 16 MiB, and a little for its names. */
const MOST_BYTES = 20 << 20;

/** A shard as the core reads it. Shards are kept packed, since not every host packs what it serves; one that does may have unpacked it. */
export async function shardBytes(
  name: string,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer>> {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return await unpacked(name, bytes);
  } catch (error) {
    if (error instanceof HubfitError) throw error;
    throw new HubfitError('invalid_file', `${name}: expected gzip data, found it damaged`, {
      cause: error,
    });
  }
}

/** Stops where a small file grows without end. */
async function unpacked(
  name: string,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  const reader = stream.getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    length += next.value.length;
    if (length > MOST_BYTES) {
      await reader.cancel();
      throw new HubfitError('limit_exceeded', `${name}: expected at most ${MOST_BYTES} bytes`);
    }
    parts.push(next.value);
  }
  return joined(parts, length);
}

function joined(parts: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
