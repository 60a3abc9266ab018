// One engine in a process of its own. Run by run.ts: node --expose-gc --import tsx child.ts ENGINE ROWS FOLDER PATIENCE
import { readFileSync } from 'node:fs';
import type { CatalogFiles, CatalogManifest } from '../../ts/catalog/catalog-files.ts';
import type { Source } from './engine.ts';
import { ENGINES } from './engines/index.ts';
import { type Measured, measure } from './measure.ts';
import { makeRows } from './rows.ts';

const [name = '', count = '0', folder = '', patience = '60000'] = process.argv.slice(2);
const rows = Number(count);
const names = JSON.parse(readFileSync(`${folder}/names.json`, 'utf8'));
const { questions, expected } = JSON.parse(readFileSync(`${folder}/questions.json`, 'utf8'));

const gc = (globalThis as { gc?: () => void }).gc ?? ((): void => undefined);
/** After what is garbage is gone, as far as the engine gives it back. */
async function resident(): Promise<number> {
  for (let round = 0; round < 3; round += 1) {
    gc();
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return process.memoryUsage.rss();
}

async function run(): Promise<Measured> {
  const peer = await ENGINES[name]?.();
  if (!peer) throw new Error(`no engine "${name}"`);
  const before = await resident();
  // The bytes are there before the time runs; they are given away when they are taken.
  let files: CatalogFiles | undefined = name.startsWith('hubfit') ? readFiles() : undefined;
  const source: Source = {
    count: rows,
    rows: () => makeRows({ rows, names }),
    async snapshot() {
      const given = files as CatalogFiles;
      files = undefined;
      return given;
    },
  };
  const onLoaded = async (): Promise<number> => (await resident()) - before;
  return measure({ peer, source, questions, expected, onLoaded, patience: Number(patience) });
}

function readFiles(): CatalogFiles {
  const manifest = JSON.parse(readFileSync(`${folder}/catalog.json`, 'utf8')) as CatalogManifest;
  const names = manifest.tiers.flatMap((tier) => tier.files.map((file) => file.name));
  return {
    manifest,
    files: new Map(
      names.map((file) => [file, readFileSync(`${folder}/${file}`) as Uint8Array<ArrayBuffer>]),
    ),
  };
}

const measured = await run().catch((error: Error) => ({ failed: error.message.slice(0, 300) }));
process.stdout.write(`\n${JSON.stringify(measured)}\n`);
process.exit(0);
