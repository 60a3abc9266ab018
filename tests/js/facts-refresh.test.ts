// A refresh from end to end, from a folder that stands for the registries.
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import * as tar from 'tar';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { script } from './facts-scripts.ts';

type Options = { sampleVersions?: number; accept?: boolean; reread?: boolean; only?: string[] };
type Refresh = { refresh: (runtimes: string[], options: object) => Promise<void> };

const SOURCES = `
[candle]
title = "candle"
scheme = "semver"
confidence = "registry"
reader = "candle"
complete = true
sample = "all"
packages = [{ registry = "crates", name = "candle-transformers" }]
files = ["src/models/mod.rs"]

[candle.tables.modules]
columns = ["candle-module", "format"]
role = "support"
source = "src/models/mod.rs: pub mod"
`;

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'facts-'));
  write('facts/sources.toml', SOURCES);
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

const read = (path: string): string => readFileSync(join(folder, path), 'utf8');

/** A release whose modules are the given ones. */
async function publish(version: string, modules: string): Promise<void> {
  const text = modules.split(' ').map((name) => `pub mod ${name};\n`);
  write(`build/candle-transformers-${version}/src/models/mod.rs`, text.join(''));
  const place = join(folder, 'registry/crates/candle-transformers', version);
  mkdirSync(place, { recursive: true });
  const file = join(place, `candle-transformers-${version}.crate`);
  const from = `candle-transformers-${version}`;
  await tar.create({ gzip: true, file, cwd: join(folder, 'build'), portable: true }, [from]);
}

async function refresh(options: Options = {}, runtimes: string[] = []): Promise<void> {
  const { refresh: run } = await script<Refresh>('refresh');
  const at = { registry: 'registry', facts: 'facts', cache: 'cache' };
  const places = Object.entries(at).map(([key, path]) => [key, join(folder, path)]);
  await run(runtimes, { ...Object.fromEntries(places), ...options });
}

/** The rows of the table, without notes and titles. */
const rows = (): string[] => read('facts/tables/candle/modules.tsv').split('\n').slice(6, -1);

/** All files that a refresh writes, with their content. */
function written(): Record<string, string> {
  const files = ['locks/candle.lock', 'tables/candle/modules.tsv', 'tables/aliases.tsv'];
  return Object.fromEntries(files.map((file) => [file, read(`facts/${file}`)]));
}

describe('refresh', () => {
  test('rows get the releases between which they were there', async () => {
    await publish('0.6.0', 'bert llama old');
    await publish('0.7.0', 'bert llama qwen');
    await publish('0.10.0', 'llama old qwen');
    await refresh();
    expect(rows()).toEqual([
      'bert\tsafetensors\t~0.6.0\t0.10.0',
      'llama\tsafetensors\t~0.6.0\t-',
      'old\tsafetensors\t~0.6.0\t0.7.0',
      'old\tsafetensors\t0.10.0\t-',
      'qwen\tsafetensors\t0.7.0\t-',
    ]);
    expect(read('facts/locks/candle.lock')).toMatch(
      /^0\.10\.0\tcrates:candle-transformers\t0\.10\.0\tcandle-transformers-0\.10\.0\.crate\t\d+\t[0-9a-f]{64}\t-$/m,
    );
  });

  test('with nothing new, nothing changes, and nothing is downloaded', async () => {
    await publish('0.6.0', 'bert llama');
    await publish('0.7.0', 'bert llama qwen');
    await refresh();
    const before = written();
    rmSync(join(folder, 'cache'), { recursive: true });
    await refresh();
    expect(written()).toEqual(before);
    expect(existsSync(join(folder, 'cache'))).toBe(false);
  });

  test('one release after the other gives what all at once give', async () => {
    await publish('0.6.0', 'bert llama');
    await refresh();
    await publish('0.7.0', 'bert llama qwen');
    await refresh();
    await publish('0.8.0', 'llama qwen');
    await refresh();
    const steps = written();
    for (const made of ['locks', 'tables'])
      rmSync(join(folder, 'facts', made), { recursive: true });
    await refresh();
    expect(written()).toEqual(steps);
  });

  test('a sample has sampled bounds, and reading the rest makes them exact', async () => {
    for (const version of ['0.6.0', '0.7.0', '0.8.0']) await publish(version, 'bert llama');
    await publish('0.9.0', 'bert llama qwen');
    await refresh({ sampleVersions: 2 });
    expect(rows()).toContain('qwen\tsafetensors\t~0.9.0\t-');
    expect(read('facts/locks/candle.lock')).toMatch(/^0\.8\.0\t\S+\t0\.8\.0\t-\t-\t-\t-$/m);
    await refresh();
    expect(rows()).toContain('qwen\tsafetensors\t0.9.0\t-');
  });

  test('what was downloaded before an interruption is not downloaded again', async () => {
    await publish('0.6.0', 'bert llama');
    await publish('0.7.0', 'nothing');
    write('registry/crates/candle-transformers/0.7.0/candle-transformers-0.7.0.crate', 'no tar');
    await expect(refresh()).rejects.toThrow();
    expect(existsSync(join(folder, 'facts/tables/candle'))).toBe(false);
    rmSync(join(folder, 'registry/crates/candle-transformers/0.6.0'), { recursive: true });
    mkdirSync(join(folder, 'registry/crates/candle-transformers/0.6.0'));
    await publish('0.7.0', 'bert llama qwen');
    await refresh();
    expect(rows()).toHaveLength(3);
  });

  test('only the runtimes that are named', async () => {
    await publish('0.6.0', 'bert');
    await refresh({ only: ['candle'] });
    expect(readdirSync(join(folder, 'facts/tables'))).toContain('candle');
    await expect(refresh({}, ['candel'])).rejects.toThrow(
      /unknown runtime candel: expected candle/,
    );
  });
});

describe('a refresh stops and writes nothing', () => {
  const many = 'bert llama qwen phi gemma mistral t5 whisper';

  test('when a list becomes much shorter, unless it is accepted', async () => {
    await publish('0.6.0', many);
    await refresh();
    const before = written();
    await publish('0.7.0', 'bert llama');
    await expect(refresh()).rejects.toThrow(/candle modules 0\.7\.0: 2 rows, 8 at 0\.6\.0/);
    expect(written()).toEqual(before);
    await refresh({ accept: true });
    expect(rows()).toContain('phi\tsafetensors\t~0.6.0\t0.7.0');
  });

  test('unless a person wrote down that the drop is real', async () => {
    write('facts/sources.toml', `${SOURCES}drops = ["0.7.0"]\n`);
    await publish('0.6.0', many);
    await publish('0.7.0', 'bert llama');
    await refresh();
    expect(rows()).toHaveLength(8);
  });

  test('when the list is not where it was', async () => {
    await publish('0.6.0', many);
    await refresh();
    const before = written();
    await publish('0.7.0', '');
    await expect(refresh()).rejects.toThrow(/candle 0\.7\.0, modules: expected pub mod/);
    expect(written()).toEqual(before);
  });

  test('when an artefact of the lock has changed', async () => {
    await publish('0.6.0', many);
    await refresh();
    rmSync(join(folder, 'cache'), { recursive: true });
    await publish('0.6.0', `${many} other`);
    await expect(refresh({ reread: true })).rejects.toThrow(
      /expected sha256 [0-9a-f]{64} as in the/,
    );
  });

  test('when a release of the lock is gone from the registry', async () => {
    await publish('0.6.0', many);
    await publish('0.7.0', many);
    await refresh();
    rmSync(join(folder, 'registry/crates/candle-transformers/0.6.0'), { recursive: true });
    await expect(refresh({ reread: true })).rejects.toThrow(/no longer in the registry/);
  });
});
