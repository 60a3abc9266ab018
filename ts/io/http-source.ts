import { HubfitError } from '../core/hubfit-error.ts';
import type { ByteSource } from './byte-source.ts';
import { hubBase } from './hub-base.ts';
import type { HubOptions } from './hub-options.ts';
import { sendRequest } from './send-request.ts';

/** How to read a URL. */
export type HttpSourceOptions = Pick<HubOptions, 'fetch' | 'accessToken' | 'signal'>;

/**
 * A server without ranges sends the whole file: reading goes on up to here, since most headers end sooner, and
 * is given up beyond. Four times the longest header seen (a vocabulary of 256,000 tokens, 12 MB).
 */
const MOST_WITHOUT_RANGES = 48 << 20;

/** A file at a URL, read by HTTP ranges. */
export function httpSource(url: string, options: HttpSourceOptions = {}): ByteSource {
  const name = url.split('?')[0] ?? url;
  let size: number | undefined;
  const read = async (start: number, end: number): Promise<Uint8Array> => {
    const base = hubBase({ ...options, hubUrl: new URL(url).origin });
    // A range alone needs no preflight in browsers: no header beside it unless there is a token.
    const headers = { range: `bytes=${start}-${end - 1}` };
    return sendRequest({ url, base, headers }, options, (response) => {
      size ??= wholeSize(response);
      return readRange(response, start, end, name);
    });
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
  response: Response,
  start: number,
  end: number,
  name: string,
): Promise<Uint8Array> {
  if (response.status === 416) return new Uint8Array();
  if (response.status === 206)
    return cut(new Uint8Array(await response.arrayBuffer()), end - start);
  if (response.ok) return readPart(response, start, end, name);
  throw refused(name, response);
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

/** Some servers send more than was asked for. */
function cut(bytes: Uint8Array, length: number): Uint8Array {
  return bytes.subarray(0, length);
}

/** The wanted part of an answer that is the whole file; the rest is never received. */
async function readPart(
  response: Response,
  start: number,
  end: number,
  name: string,
): Promise<Uint8Array> {
  if (end > MOST_WITHOUT_RANGES) {
    await response.body?.cancel();
    const message = `${name}: the server has no ranges, and byte ${end} is wanted; at most ${MOST_WITHOUT_RANGES} are read`;
    throw new HubfitError('limit_exceeded', message, { status: response.status });
  }
  const part = new Uint8Array(end - start);
  let at = 0;
  for await (const chunk of chunks(response)) {
    const from = Math.max(0, start - at);
    const bytes = chunk.subarray(from, Math.max(from, end - at));
    part.set(bytes, Math.max(0, at - start));
    at += chunk.length;
    if (at >= end) break;
  }
  return cut(part, Math.max(0, at - start));
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

function refused(name: string, { status, headers }: Response): HubfitError {
  const known: Record<number, string> = {
    401: 'unauthorized',
    403: 'forbidden',
    404: 'entry_not_found',
    429: 'rate_limited',
  };
  const gated = headers.get('x-error-code') === 'GatedRepo';
  const code = gated
    ? 'gated_repo'
    : (known[status] ?? (status >= 500 ? 'hub_unavailable' : 'invalid_response'));
  const said = headers.get('x-error-message');
  return new HubfitError(
    code,
    `${name}: the server answered ${status}${said ? ` (${said})` : ''}`,
    { status },
  );
}
