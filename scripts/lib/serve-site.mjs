// A static site on a local port.
import { readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { serve } from '@hono/node-server';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';

/** Serves a folder; port 0 takes any that is free. */
export function serveSite(folder, port = 0) {
  const app = new Hono();
  app.use('*', serveStatic({ root: relative(process.cwd(), folder) }));
  app.notFound(async (answer) =>
    answer.html(await readFile(join(folder, '404.html'), 'utf8'), 404),
  );
  return new Promise((resolve, reject) => {
    const options = { fetch: app.fetch, hostname: '127.0.0.1', port };
    const server = serve(options, ({ port: taken }) =>
      resolve({ url: `http://127.0.0.1:${taken}`, close: () => server.close() }),
    );
    server.on('error', reject);
  });
}
