// What a header costs the Hub: requests, redirects among them, ranges, and bytes of bodies, as the local Hub counts.

import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { gguf } from '@huggingface/gguf';
import { parseSafetensorsMetadata } from '@huggingface/hub';
import { type LocalHub, startHub } from '../../tests/hub/hub.ts';
import { ensurePython } from '../../tests/hub/python/venv.ts';
import { realHeaders } from './real-files.ts';

const hubfit = (await import(
  new URL('../../dist/node.js', import.meta.url).href
)) as typeof import('../../ts/index.ts');

/** Weights follow the header, so that nobody reads less because the file ends. */
const WEIGHTS = 4_000_000_000;

const REPO = 'real/headers';

interface Cost {
  requests: number;
  ranges: number;
  bytes: number;
}

/** One row for each header. */
export async function bytesRows(): Promise<string[]> {
  const headers = realHeaders();
  const files = [...headers].map(([name, head]) => [name, { head, size: head.length + WEIGHTS }]);
  const hub = await startHub({
    rows: [],
    extraRepos: [{ id: REPO, files: Object.fromEntries(files) }],
  });
  const python = pythonClient(hub);
  const rows: string[] = [];
  for (const [name, head] of headers)
    rows.push(await row(hub, name, await headerBytes(name, head), python));
  python.stop();
  await hub.stop();
  return rows;
}

async function row(
  hub: LocalHub,
  name: string,
  header: number,
  python: PythonClient,
): Promise<string> {
  const url = `${hub.url}/${REPO}/resolve/main/${name}`;
  const isGguf = name.endsWith('.gguf');
  const ours = await cost(hub, () => hubfit.inspectFile(url));
  const theirs = await cost(hub, () =>
    isGguf ? gguf(url) : parseSafetensorsMetadata({ repo: REPO, path: name, hubUrl: hub.url }),
  );
  const pypi = isGguf ? undefined : await cost(hub, () => python.read(name));
  const cells = [name, header.toLocaleString('en'), ...told(ours), ...told(theirs), ...told(pypi)];
  return `| ${cells.join(' | ')} |`;
}

async function headerBytes(name: string, head: Uint8Array): Promise<number> {
  const format = name.split('.').at(-1) ?? '';
  return (await hubfit.inspectFile(head, { format })).headerBytes;
}

async function cost(hub: LocalHub, work: () => Promise<unknown>): Promise<Cost> {
  hub.requests.length = 0;
  await work();
  const bytes = hub.requests.map(({ length = 0 }) => length);
  return {
    requests: hub.requests.length,
    ranges: hub.requests.filter(({ status }) => status === 206).length,
    bytes: bytes.reduce((sum, length) => sum + length, 0),
  };
}

function told(cost: Cost | undefined): string[] {
  if (!cost) return ['–', '–', '–'];
  return [cost.requests, cost.ranges, cost.bytes].map((number) => number.toLocaleString('en'));
}

interface PythonClient {
  read(name: string): Promise<void>;
  stop(): void;
}

/** One process for all files: it starts in a second. */
function pythonClient(hub: LocalHub): PythonClient {
  const found = ensurePython();
  if ('missing' in found) throw new Error(found.missing);
  const script = fileURLToPath(new URL('./python/read_headers.py', import.meta.url));
  const env = {
    ...process.env,
    HF_ENDPOINT: hub.url,
    HF_HUB_DISABLE_TELEMETRY: '1',
    NO_PROXY: '*',
  };
  const child = spawn(found.python, ['-B', script], { env, stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async read(name) {
      child.stdin.write(`${REPO} ${name}\n`);
      if ((await lines.next()).done) throw new Error(`${name}: PyPI huggingface_hub gave up`);
    },
    stop: () => child.stdin.end(),
  };
}
