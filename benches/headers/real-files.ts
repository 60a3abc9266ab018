// Ten real headers: vocabularies of llama.cpp's sources, and what PyPI gguf and safetensors write.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { READERS } from '../../tests/agreement/readers.ts';
import { ensurePython } from '../../tests/hub/python/venv.ts';

/** From the smallest to the largest. */
const VOCABULARIES = [
  'bert-bge',
  'phi-3',
  'gpt-2',
  'deepseek-llm',
  'llama-bpe',
  'command-r',
  'gemma-4',
];

/** The files' names and the bytes of their headers. */
export function realHeaders(): Map<string, Uint8Array> {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  execFileSync(process.execPath, [join(root, 'scripts/vocabularies.mjs')], { stdio: 'inherit' });
  const folder = join(root, '.cache/vocabularies');
  const files = VOCABULARIES.map((name) => `ggml-vocab-${name}.gguf`);
  const real = files.map((name) => [name, readFileSync(join(folder, name))] as const);
  return new Map([...real, ...written()]);
}

function written(): [string, Uint8Array][] {
  const found = ensurePython(READERS);
  if ('missing' in found) throw new Error(found.missing);
  const script = fileURLToPath(new URL('./python/write_headers.py', import.meta.url));
  const folder = mkdtempSync(join(tmpdir(), 'headers-'));
  try {
    execFileSync(found.python, ['-B', script, folder], { stdio: 'inherit' });
    return readdirSync(folder).map((name) => [name, readFileSync(join(folder, name))]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
