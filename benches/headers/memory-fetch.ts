// A fetch that answers from memory: what is left is the client's own work.

/** Answers ranges of these bytes at any address, as a file of `size` bytes. */
export function memoryFetch(
  bytes: Uint8Array<ArrayBuffer>,
  size: number = bytes.length,
): typeof fetch {
  return async (_, init) => {
    const range = new Headers(init?.headers).get('range');
    const [, first = '0', last = ''] = /bytes=(\d+)-(\d*)/.exec(range ?? '') ?? [];
    const start = Number(first);
    const end = Math.min(last === '' ? size : Number(last) + 1, bytes.length);
    const headers = {
      'content-range': `bytes ${start}-${end - 1}/${size}`,
      'content-length': String(end - start),
      etag: '"made-up"',
    };
    return new Response(bytes.subarray(start, end), { status: range ? 206 : 200, headers });
  };
}
