import { callCore } from '../core/call-core.ts';
import { HubfitError } from '../core/hubfit-error.ts';
import { toJson } from '../core/to-json.ts';
import { ask } from './ask.ts';
import type { HttpSourceOptions } from './http-source.ts';
import { hubBase } from './hub-base.ts';
import { refuseExpired } from './refuse-expired.ts';
import type { Received } from './send-request.ts';

/** A part of a file, of whose size one may know something. */
export interface Range {
  start: number;
  end: number;
  size: number | undefined;
}

/** What was read, and what that told of the file's size. */
export interface Part {
  bytes: Uint8Array<ArrayBuffer>;
  size: number | undefined;
}

/** Reads a part of the file at a URL. */
export async function readUrl(
  url: string,
  { start, end, size }: Range,
  options: HttpSourceOptions,
): Promise<Part> {
  const base = hubBase({ ...options, hubUrl: new URL(url).origin });
  // A range alone needs no preflight in browsers: no header beside it unless there is a token.
  const headers = { range: `bytes=${start}-${end - 1}` };
  const receive = async (received: Received): Promise<Uint8Array<ArrayBuffer>> => {
    const bytes = await readRange(received, start, end);
    // A part says how long it is, a whole file need not.
    const least = received.response.status === 200 ? Math.min(end, size ?? 0) - start : 0;
    return atLeast(least, bytes);
  };
  const read = ({ response }: Received, bytes: Uint8Array<ArrayBuffer>): Part => {
    return { bytes, size: wholeSize(response) };
  };
  return ask({ url, base, headers, receive, read }, options);
}

async function readRange(
  { response, answer }: Received,
  start: number,
  end: number,
): Promise<Uint8Array<ArrayBuffer>> {
  refuseExpired(response, answer.url);
  const part = callCore((core) => core.file_part(toJson('answer', answer), end));
  if (part === 'nothing') return new Uint8Array();
  if (part === 'whole') return readPart(response, start, end);
  const bytes = atLeast(lengthOf(response), new Uint8Array(await response.arrayBuffer()));
  // Some servers send more than was asked for.
  return bytes.subarray(0, end - start);
}

/** The bytes that the answer says it has. */
function lengthOf({ headers }: Response): number {
  const [, start, end] = /^bytes (\d+)-(\d+)\//.exec(headers.get('content-range') ?? '') ?? [];
  return end === undefined ? 0 : Number(end) + 1 - Number(start);
}

/** A body that ends early is no answer. */
function atLeast(least: number, bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  if (bytes.length >= least) return bytes;
  const message = `the answer was cut short: expected ${least} bytes, found ${bytes.length}`;
  throw new HubfitError('network', message);
}

/** `bytes 0-99/1234`, `bytes *` with the size behind a slash, or the length of a whole answer. */
function wholeSize({ status, headers }: Response): number | undefined {
  const total = /\/(\d+)$/.exec(headers.get('content-range') ?? '')?.[1];
  if (total !== undefined) return Number(total);
  const length = headers.get('content-length');
  return status === 200 && length !== null && !headers.has('content-encoding')
    ? Number(length)
    : undefined;
}

/** The wanted part of an answer that is the whole file; the rest is never received. */
async function readPart(
  response: Response,
  start: number,
  end: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const part = new Uint8Array(end - start);
  let at = 0;
  for await (const chunk of chunks(response)) {
    const from = Math.max(0, start - at);
    const bytes = chunk.subarray(from, Math.max(from, end - at));
    part.set(bytes, Math.max(0, at - start));
    at += chunk.length;
    if (at >= end) break;
  }
  return part.subarray(0, Math.max(0, at - start));
}

async function* chunks(response: Response): AsyncGenerator<Uint8Array> {
  const reader = response.body?.getReader();
  if (!reader) return;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel();
  }
}
