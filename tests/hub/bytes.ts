// Content of files: real bytes, or bytes made on demand so that multi-gigabyte weights need no disk.

import { createHash } from 'node:crypto';
import type { ByteSource, FileInput } from './types.ts';

const BLOCK = 4096;
/** From here on a digest is a stand-in: hashing gigabytes would cost more than it proves. */
export const HASH_LIMIT: number = 4 * 1024 * 1024;

const encoder = new TextEncoder();

export function toBytes(input: Uint8Array | string): Uint8Array {
  return typeof input === 'string' ? encoder.encode(input) : input;
}

export function digest(algorithm: 'sha1' | 'sha256', data: Uint8Array | string): string {
  return createHash(algorithm).update(data).digest('hex');
}

function seedOf(text: string): number {
  return createHash('sha1').update(text).digest().readUInt32LE(0);
}

/** 4096 bytes that depend on the seed and the block's number alone, so any offset can be read. */
function noiseBlock(seed: number, block: number): Uint8Array {
  const words = new Uint32Array(BLOCK / 4);
  let state = (seed ^ Math.imul(block % 0x100000000, 0x9e3779b1) ^ (block / 0x100000000)) | 1;
  for (let i = 0; i < words.length; i += 1) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    words[i] = state;
  }
  return new Uint8Array(words.buffer);
}

function noise(seed: number, start: number, end: number): Uint8Array {
  const out = new Uint8Array(end - start);
  for (let block = Math.floor(start / BLOCK); block * BLOCK < end; block += 1) {
    const from = Math.max(start, block * BLOCK);
    const to = Math.min(end, (block + 1) * BLOCK);
    const bytes = noiseBlock(seed, block);
    out.set(bytes.subarray(from - block * BLOCK, to - block * BLOCK), from - start);
  }
  return out;
}

export function realSource(data: Uint8Array): ByteSource {
  return {
    size: data.length,
    read: (start, end) => data.subarray(start, Math.min(end, data.length)),
  };
}

/** A head followed by blanks (text) or noise (weights), `size` bytes in all. */
export function paddedSource(
  name: string,
  head: Uint8Array,
  size: number,
  fill: 'blank' | 'noise',
): ByteSource {
  const seed = seedOf(name);
  const rest = (start: number, end: number): Uint8Array =>
    fill === 'blank' ? new Uint8Array(end - start).fill(0x20) : noise(seed, start, end);
  return {
    size,
    read(start, end) {
      const to = Math.min(end, size);
      if (start >= head.length) return rest(start, Math.max(start, to));
      if (to <= head.length) return head.subarray(start, to);
      return Buffer.concat([head.subarray(start), rest(head.length, to)]);
    },
  };
}

export function sourceOf(name: string, input: FileInput): ByteSource {
  if (typeof input === 'string' || input instanceof Uint8Array) return realSource(toBytes(input));
  return paddedSource(name, toBytes(input.head), input.size, 'noise');
}

function hashSource(hash: ReturnType<typeof createHash>, source: ByteSource): string {
  const step = 1024 * 1024;
  for (let at = 0; at < source.size; at += step) {
    hash.update(source.read(at, Math.min(at + step, source.size)));
  }
  return hash.digest('hex');
}

export function sha256Of(source: ByteSource): string {
  return hashSource(createHash('sha256'), source);
}

/** Git hashes the words `blob <size>` and a zero byte before the content. */
export function gitBlobSha1(source: ByteSource): string {
  return hashSource(createHash('sha1').update(`blob ${source.size}\0`), source);
}

/** Streams a range in pieces, so that asking for a whole checkpoint does not need its memory. */
export function streamOf(
  source: ByteSource,
  start: number,
  end: number,
): ReadableStream<Uint8Array> {
  const step = 256 * 1024;
  let at = start;
  return new ReadableStream<Uint8Array>({
    pull(controller) {
      const to = Math.min(at + step, end);
      if (to > at) controller.enqueue(source.read(at, to));
      at = to;
      if (at >= end) controller.close();
    },
  });
}
