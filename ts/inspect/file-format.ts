import { callReaders } from '../core/call-readers.ts';

/** The format of a file that can be read, by its name or its first bytes. */
export function fileFormat(path: string, start: Uint8Array = new Uint8Array()): string | undefined {
  return callReaders((core) => core.file_format(path, start));
}
