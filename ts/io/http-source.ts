import type { ByteSource } from './byte-source.ts';
import type { HubOptions } from './hub-options.ts';

/** How to read a URL. */
export interface HttpSourceOptions extends Omit<HubOptions, 'hubUrl'> {
  /** Bytes of the file, where they are known beforehand. */
  size?: number;
}

/** A file at a URL, read by HTTP ranges. */
export function httpSource(url: string, options: HttpSourceOptions = {}): ByteSource {
  let { size } = options;
  return {
    name: url.split('?')[0] ?? url,
    get size() {
      return size;
    },
    read: async (start, end) => {
      const { readUrl } = await import('./read-url.ts');
      const part = await readUrl(url, { start, end, size }, options);
      size ??= part.size;
      return part.bytes;
    },
  };
}
