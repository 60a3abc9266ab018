import { callCore } from '../core/call-core.ts';
import { toJson } from '../core/to-json.ts';
import type { ByteSource } from './byte-source.ts';
import { hubBase } from './hub-base.ts';
import type { HubOptions } from './hub-options.ts';
import { readAnswer } from './read-answer.ts';
import { sendRequest } from './send-request.ts';

/** How to read a URL. */
export interface HttpSourceOptions extends Pick<HubOptions, 'fetch' | 'accessToken' | 'signal'> {
  /** Bytes of the file, where they are known beforehand. */
  size?: number;
}

/** A file at a URL, read by HTTP ranges. */
export function httpSource(url: string, options: HttpSourceOptions = {}): ByteSource {
  const name = url.split('?')[0] ?? url;
  let { size } = options;
  const read = async (start: number, end: number): Promise<Uint8Array> => {
    const base = hubBase({ ...options, hubUrl: new URL(url).origin });
    // A range alone needs no preflight in browsers: no header beside it unless there is a token.
    const headers = { range: `bytes=${start}-${end - 1}` };
    return sendRequest({ url, base, headers }, options, (response) => {
      size ??= wholeSize(response);
      const answer = readAnswer(url, response, Boolean(options.accessToken));
      return readRange(toJson('answer', answer), response, start, end);
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
  answer: string,
  response: Response,
  start: number,
  end: number,
): Promise<Uint8Array> {
  const part = callCore((core) => core.file_part(answer, end));
  if (part === 'nothing') return new Uint8Array();
  if (part === 'whole') return readPart(response, start, end);
  // Some servers send more than was asked for.
  return new Uint8Array(await response.arrayBuffer()).subarray(0, end - start);
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
async function readPart(response: Response, start: number, end: number): Promise<Uint8Array> {
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
