/** Bytes that can be read from any place: a file, a Blob, a URL, memory. */
export interface ByteSource {
  /** A name for messages: a path, a URL without its query. */
  readonly name: string;
  /** Bytes in all; known at once, or after the first read, or never. */
  readonly size: number | undefined;
  /** The bytes from `start` up to, not including, `end`; fewer where the source ends. */
  read(start: number, end: number): Promise<Uint8Array>;
}
