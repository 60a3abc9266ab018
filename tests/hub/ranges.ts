// Serving one byte source: whole, by a single range, or 416.

import { streamOf } from './bytes.ts';
import type { ByteSource } from './types.ts';

interface Range {
  start: number;
  /** Exclusive. */
  end: number;
}

/** A range of the file, `undefined` to send all of it, or 'unsatisfiable'. */
export function parseRange(
  header: string | null,
  size: number,
): Range | undefined | 'unsatisfiable' {
  const [, first, last] = header?.match(/^bytes=(\d*)-(\d*)$/) ?? [];
  if (first === undefined || last === undefined || (first === '' && last === '')) return undefined;
  if (first === '') {
    const length = Math.min(Number(last), size);
    return length > 0 ? { start: size - length, end: size } : 'unsatisfiable';
  }
  const start = Number(first);
  const end = last === '' ? size : Math.min(Number(last) + 1, size);
  if (last !== '' && Number(last) < start) return undefined;
  return start < size ? { start, end } : 'unsatisfiable';
}

function unsatisfiable(headers: Headers, size: number): Response {
  headers.set('Content-Range', `bytes */${size}`);
  headers.delete('Content-Length');
  return new Response('Requested Range Not Satisfiable', { status: 416, headers });
}

export function serveBytes(
  source: ByteSource,
  rangeHeader: string | null,
  headers: Headers,
): Response {
  const range = parseRange(rangeHeader, source.size);
  headers.set('Accept-Ranges', 'bytes');
  if (range === 'unsatisfiable') return unsatisfiable(headers, source.size);
  const { start, end } = range ?? { start: 0, end: source.size };
  headers.set('Content-Length', String(end - start));
  if (range) headers.set('Content-Range', `bytes ${start}-${end - 1}/${source.size}`);
  return new Response(streamOf(source, start, end), { status: range ? 206 : 200, headers });
}
