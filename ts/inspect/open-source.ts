import { HubfitError } from '../core/hubfit-error.ts';
import { blobSource } from '../io/blob-source.ts';
import type { ByteSource } from '../io/byte-source.ts';
import { bytesSource } from '../io/bytes-source.ts';
import { type HttpSourceOptions, httpSource } from '../io/http-source.ts';

/** A file: a URL, a Blob, bytes in memory, or anything that can be read by ranges. */
export type FileLike = string | URL | Blob | Uint8Array | ByteSource;

/** The file as a source of bytes. */
export function openSource(file: FileLike, options: HttpSourceOptions): ByteSource {
  if (file instanceof Uint8Array) return bytesSource(file);
  if (typeof Blob !== 'undefined' && file instanceof Blob) return blobSource(file);
  if (file instanceof URL || typeof file === 'string') return httpSource(checkUrl(file), options);
  if (isSource(file)) return file;
  throw new HubfitError(
    'invalid_argument',
    `file: expected a URL, a Blob or bytes, found ${typeof file}`,
  );
}

function checkUrl(file: string | URL): string {
  const url = String(file);
  if (/^https?:\/\//i.test(url)) return url;
  throw new HubfitError(
    'invalid_argument',
    `file: expected http(s)://…, found "${url.slice(0, 100)}"`,
  );
}

function isSource(file: unknown): file is ByteSource {
  return typeof (file as ByteSource | null)?.read === 'function';
}
