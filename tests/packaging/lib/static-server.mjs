// Serves a folder as a static host does: no rewriting, the right types, a 404 for the rest.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';

const TYPES = {
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.txt': 'text/plain',
  '.wasm': 'application/wasm',
};

/** Serves a folder on a free port; `headers` go with each answer. */
export async function serveFolder(folder, headers = {}) {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const found = await firstFile(folder, normalize(decodeURIComponent(pathname)));
    if (!found) return response.writeHead(404, headers).end('not found');
    response.writeHead(200, { ...headers, 'content-type': TYPES[extname(found.path)] ?? '' });
    response.end(found.bytes);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const stop = () => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  };
  return { url: `http://127.0.0.1:${server.address().port}`, stop };
}

async function firstFile(folder, pathname) {
  for (const path of [pathname, `${pathname}.html`, join(pathname, 'index.html')]) {
    try {
      return { path, bytes: await readFile(join(folder, path)) };
    } catch {
      // The next candidate.
    }
  }
  return undefined;
}
