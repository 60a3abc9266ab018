// Runs a local Hub for tests in other processes: prints one JSON line when it is ready, ends on a signal.
//   npx tsx tests/hub/serve.ts [--port N] [--cdn-port N] [--host H] [--rows FILE]
//     [--public-url URL] [--public-cdn-url URL] [--xet] [--latency MS]
//     [--estimate-sizes]

import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { gguf, safetensors } from '../js/model-files.ts';
import { type HubOptions, type SampleModel, startHub } from './hub.ts';

const { values } = parseArgs({
  options: {
    port: { type: 'string' },
    'cdn-port': { type: 'string' },
    host: { type: 'string' },
    rows: { type: 'string' },
    'public-url': { type: 'string' },
    'public-cdn-url': { type: 'string' },
    xet: { type: 'boolean' },
    latency: { type: 'string' },
    'estimate-sizes': { type: 'boolean' },
  },
});

function rowsFrom(file: string): SampleModel[] {
  return JSON.parse(readFileSync(file, 'utf8')) as SampleModel[];
}

/** Files with real headers, for clients that read them. */
const HEADERS = {
  id: 'test/headers',
  files: {
    'model-Q4_K_M.gguf': gguf({ 'general.architecture': 'llama', 'llama.context_length': 8192 }),
    'model.safetensors': safetensors({ 'a.weight': { dtype: 'BF16', shape: [4, 8] } }),
    'README.md': 'no model',
  },
};

const options: HubOptions = {
  extraRepos: [HEADERS],
  // Another process has no other way to order faults or to read the log.
  control: true,
  ...(values.port && { port: Number(values.port) }),
  ...(values['cdn-port'] && { cdnPort: Number(values['cdn-port']) }),
  ...(values.host && { host: values.host }),
  ...(values.rows && { rows: rowsFrom(values.rows) }),
  ...(values['public-url'] && { publicUrl: values['public-url'] }),
  ...(values['public-cdn-url'] && { publicCdnUrl: values['public-cdn-url'] }),
  ...(values['estimate-sizes'] && { estimateSizes: true }),
  ...(values.xet && { xet: true }),
  ...(values.latency && { latencyMs: Number(values.latency) }),
};

const hub = await startHub(options);
console.log(JSON.stringify({ url: hub.url, cdnUrl: hub.cdnUrl }));
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void hub.stop().then(() => process.exit(0)));
}
