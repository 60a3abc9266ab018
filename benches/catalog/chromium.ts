// An engine in a page of headless Chromium.
import { createReadStream, existsSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { chromium } from 'playwright-core';
import type { Measured } from './measure.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const browsers = '../../scripts/lib/browsers.mjs';
const { CHROMIUM_ARGS, findChromium } = (await import(browsers)) as {
  CHROMIUM_ARGS: string[];
  findChromium: () => string | undefined;
};

export interface PageWanted {
  name: string;
  rows: number;
  /** Where prepare.ts has put its files. */
  folder: string;
  patience: number;
  limit: number;
}

/** A browser of its own for each engine, so that nothing of the one before is left. */
export async function measureInPage({
  name,
  rows,
  folder,
  patience,
  limit,
}: PageWanted): Promise<Measured> {
  const executablePath = findChromium();
  if (!executablePath) throw new Error('no Chromium');
  const server = await serve(folder, await bundle());
  const browser = await chromium.launch({ executablePath, args: CHROMIUM_ARGS });
  try {
    const page = await browser.newPage();
    const { port } = server.address() as AddressInfo;
    await page.goto(`http://127.0.0.1:${port}/`);
    const call = `runEngine(${JSON.stringify(name)}, ${rows}, ${patience})`;
    const late = new Promise<never>((_, reject) => {
      setTimeout(() => reject(new Error(`no answer in ${limit} ms`)), limit).unref();
    });
    return (await Promise.race([page.evaluate(call), late])) as Measured;
  } finally {
    await browser.close();
    server.close();
  }
}

async function bundle(): Promise<string> {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: ['benches/catalog/page.ts'],
    ...{ bundle: true, format: 'esm', target: 'es2022', platform: 'browser', write: false },
    external: ['node:*'],
    // The package has it, and does not export it.
    alias: { '@duckdb/duckdb-wasm/blocking': `${MODULES[0]}/duckdb-browser-blocking.mjs` },
    logLevel: 'error',
  });
  return outputFiles[0]?.text ?? '';
}

const TYPES: Readonly<Record<string, string>> = { '.wasm': 'application/wasm' };

/** Where the modules of engines are that they fetch themselves. */
const MODULES = ['@duckdb/duckdb-wasm/dist', 'sql.js/dist'].map(
  (path) => `${root}/benches/catalog/node_modules/${path}`,
);

/** The rows' files, and modules. */
function fileOf(name: string, folder: string): string | undefined {
  if (!/^[\w.-]+$/.test(name)) return undefined;
  return [folder, ...MODULES].map((place) => `${place}/${name}`).find((path) => existsSync(path));
}

function serve(folder: string, script: string): Promise<Server> {
  const server = createServer(({ url = '/' }, answer) => {
    const name = url.slice(1);
    if (name === '') {
      answer.setHeader('content-type', 'text/html');
      answer.end(
        '<!doctype html><title>catalog</title><script type="module" src="page.js"></script>',
      );
    } else if (name === 'page.js') {
      answer.setHeader('content-type', 'text/javascript');
      answer.end(script);
    } else if (fileOf(name, folder)) {
      answer.setHeader('content-type', TYPES[extname(name)] ?? 'application/octet-stream');
      createReadStream(fileOf(name, folder) as string).pipe(answer);
    } else {
      answer.statusCode = 404;
      answer.end();
    }
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}
