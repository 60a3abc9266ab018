import { callCore } from '../core/call-core.ts';
import { HubfitError } from '../core/hubfit-error.ts';
import { toJson } from '../core/to-json.ts';
import type { ByteSource } from './byte-source.ts';
import { hubBase } from './hub-base.ts';
import type { HubOptions } from './hub-options.ts';
import type { Received } from './send-request.ts';

/** How to read a URL. */
export interface HttpSourceOptions extends Omit<HubOptions, 'hubUrl'> {
  /** Bytes of the file, where they are known beforehand. */
  size?: number;
}

/** A file at a URL, read by HTTP ranges. */
export function httpSource(url: string, options: HttpSourceOptions = {}): ByteSource {
  const name = url.split('?')[0] ?? url;
  let { size } = options;
  const read = async (start: number, end: number): Promise<Uint8Array> => {
    const base = hubBase({ ...options, hubUrl: new URL(url).origin });
    const { ask } = await import('./ask.ts');
    // A range alone needs no preflight in browsers: no header beside it unless there is a token.
    const headers = { range: `bytes=${start}-${end - 1}` };
    const receive = (received: Received): Promise<Uint8Array<ArrayBuffer>> =>
      readRange(received, start, end);
    return ask({ url, base, headers, receive, read: take }, options);
    function take({ response }: Received, body: Uint8Array<ArrayBuffer>): Uint8Array {
      size ??= wholeSize(response);
      return body;
    }
  };
  return {
    name,
    get size() {
      return size;
    },
    read,
  };
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
  const bytes = new Uint8Array(await response.arrayBuffer());
  checkLength(response, bytes.length);
  // Some servers send more than was asked for.
  return bytes.subarray(0, end - start);
}

/** Where the Hub leads to, an address is good for an hour: asked again, the Hub gives a fresh one. */
function refuseExpired({ status, url }: Response, asked: string): void {
  if (status !== 403 || url === '' || new URL(url).origin === new URL(asked).origin) return;
  const message = 'the address that the hub gave was refused: it may have expired; try again';
  throw new HubfitError('network', message, { status });
}

/** A body that ends early is no answer. */
function checkLength({ headers }: Response, length: number): void {
  const [, start, end] = /^bytes (\d+)-(\d+)\//.exec(headers.get('content-range') ?? '') ?? [];
  const expected = Number(end) + 1 - Number(start);
  if (length >= expected || Number.isNaN(expected)) return;
  const message = `the answer was cut short: expected ${expected} bytes, found ${length}`;
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
