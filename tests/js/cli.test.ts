// The command line as people and scripts use it: the built file, in a process of its own.
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EXIT, exitCodeOf } from '../../ts/cli/exit-code.ts';
import { HubfitError } from '../../ts/core/hubfit-error.ts';
import { type LocalHub, startHub } from '../hub/hub.ts';
import { gguf, SMALL_LLAMA, safetensors } from './model-files.ts';

const cli = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const GGUF = gguf({ 'general.architecture': 'llama', 'llama.context_length': 8192 });
const MODEL = gguf(SMALL_LLAMA);
let hub: LocalHub;

beforeAll(async () => {
  const files = {
    'model.safetensors': safetensors({ 'a.weight': { dtype: 'BF16', shape: [4, 8] } }),
    'x-Q8_0.gguf': GGUF,
    'config.json': '{"model_type":"llama","max_position_embeddings":4096}',
  };
  const variants = {
    'm-Q4_K_M.gguf': { head: MODEL, size: 1_500_000 },
    'm-Q8_0.gguf': { head: MODEL, size: 2_600_000 },
  };
  const extraRepos = [
    { id: 'test/plain', files },
    { id: 'test/gguf', files: variants },
  ];
  hub = await startHub({ extraRepos });
});
afterAll(() => hub.stop());

interface Run {
  code: number;
  out: string;
  err: string;
}

function hubfit(args: string[], env: NodeJS.ProcessEnv = {}, file = cli): Promise<Run> {
  return new Promise((resolve) => {
    const options = {
      maxBuffer: 64 << 20,
      env: { ...process.env, NO_COLOR: '1', HF_ENDPOINT: hub.url, ...env },
    };
    execFile(process.execPath, [file, ...args], options, (error, out, err) => {
      resolve({ code: Number(error?.code ?? 0), out, err });
    });
  });
}

describe('list', () => {
  test('shows the compatible models of the sample', async () => {
    const { code, out } = await hubfit(['list', '--sample', '-n', '5']);
    expect(code).toBe(0);
    const lines = out.trimEnd().split('\n');
    expect(lines[0]).toMatch(/model +architecture +params +format +quant +context +downloads/);
    expect(lines).toHaveLength(6);
    for (const line of lines.slice(1)) expect(line).toMatch(/^✓ (high|medium|low) /);
  });

  test('summary counts the share and the reasons', async () => {
    const { out } = await hubfit(['list', '--sample', '--summary']);
    expect(out).toMatch(/^\d+ of \d+ models are compatible \(\d+\.\d %\), confidence: /);
    expect(out).toMatch(/architecture_unsupported +\d+ +\d+\.\d %/);
    const { out: text } = await hubfit(['list', '--sample', '--summary', '--json']);
    const summary = JSON.parse(text);
    expect(summary.compatible + Object.keys(summary.reasons).length).toBeGreaterThan(30);
  });

  test('JSON holds model, metadata and verdict', async () => {
    const { out } = await hubfit(['list', '--sample', '--all', '--json']);
    const rows = JSON.parse(out);
    expect(rows.length).toBeGreaterThan(280);
    expect(Object.keys(rows[0])).toEqual(['model', 'metadata', 'verdict']);
  });

  test('searches the Hub', async () => {
    const { code, out } = await hubfit(['list', '--search', 'tinyllama', '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(out)[0].model.id.toLowerCase()).toContain('tinyllama');
  });

  test('another worker changes the answer', async () => {
    const count = async (...args: string[]): Promise<number> =>
      JSON.parse((await hubfit(['list', '--sample', '--json', ...args])).out).length;
    const [reference, capped] = [await count(), await count('--cap-context')];
    expect(capped).toBeGreaterThan(reference);
    const file = join(tmpdir(), `hubfit-worker-${process.pid}.json`);
    writeFileSync(file, JSON.stringify({ formats: ['gguf'] }));
    expect(await count('--worker', file)).toBeGreaterThan(0);
    writeFileSync(file, '{');
    expect((await hubfit(['list', '--sample', '--worker', file])).code).toBe(3);
  });
});

describe('list in order', () => {
  type Row = { model: Record<string, unknown> };
  const listed = async (...args: string[]): Promise<Row['model'][]> => {
    const { out } = await hubfit(['list', '--sample', '--all', '--json', ...args]);
    return JSON.parse(out).map(({ model }: Row) => model);
  };

  test.each([
    ['popular', 'downloads'],
    ['likes', 'likes'],
    ['recent', 'createdAt'],
  ])('the sample by %s', async (sort, key) => {
    const values = (await listed('--sort', sort)).map((model) => model[key]);
    const known = values.filter((value) => value !== undefined);
    expect(known.length).toBeGreaterThan(50);
    expect(values.slice(0, known.length)).toEqual(known);
    const figures = known.map((value) => Number(new Date(value as string | number)));
    expect(figures).toEqual(figures.toSorted((one, other) => other - one));
  });

  test('the sample has no trending scores', async () => {
    const { code, err } = await hubfit(['list', '--sample', '--sort', 'trending']);
    expect(code).toBe(3);
    expect(err).toContain('--sort trending: the sample has no trending scores');
    expect(err).toContain('popular, likes, recent');
  });
});

describe('wrong limits', () => {
  test.each([
    ['--formats', ''],
    ['--architectures', ','],
    ['--quantizations', ' , '],
    ['--hub-url', 'http://'],
  ])('%s "%s" is refused by name', async (option, value) => {
    const { code, out, err } = await hubfit(['list', '--sample', option, value]);
    expect([code, out]).toEqual([3, '']);
    expect(err).toContain(option);
    expect(err).toContain('expected ');
  });

  test.each([
    ['null', 'null'],
    ['[{}]', 'a list'],
    ['5', '5'],
    ['"gguf"', '"gguf"'],
  ])('a worker file with %s is refused', async (text, found) => {
    const file = join(tmpdir(), `hubfit-no-worker-${process.pid}.json`);
    writeFileSync(file, text);
    const { code, out, err } = await hubfit(['list', '--sample', '--worker', file]);
    rmSync(file);
    expect([code, out]).toEqual([3, '']);
    expect(err).toContain(`--worker ${file}: expected a JSON object, found ${found} (`);
  });
});

describe('nothing found', () => {
  const nothing = ['list', '--sample', '--search', 'no-such-model'];

  test('the summary does not point to itself', async () => {
    const { code, out, err } = await hubfit([...nothing, '--summary']);
    expect([code, err]).toEqual([0, 'no model was found\n']);
    expect(out).toMatch(/^0 of 0 models are compatible/);
    expect((await hubfit(nothing)).err).toBe('no model was found\n');
  });

  test('where models are refused, it is pointed to', async () => {
    const { code, out, err } = await hubfit(['list', '--sample', '--search', 'gpt2']);
    expect([code, out]).toEqual([0, '']);
    expect(err).toBe('no model fits; --summary tells why\n');
  });
});

describe('exit codes of failures', () => {
  test.each([
    ['invalid_argument', EXIT.usage],
    ['limit_exceeded', EXIT.usage],
    ['repo_not_found', EXIT.hub],
    ['network', EXIT.hub],
    ['internal', EXIT.fault],
    ['not_initialised', EXIT.fault],
  ] as const)('%s ends with %i', (code, exit) => {
    expect(exitCodeOf(new HubfitError(code, 'text'))).toBe(exit);
  });

  test('what nobody foresaw is a fault of hubfit', async () => {
    expect(exitCodeOf(new TypeError('text'))).toBe(5);
    const folder = mkdtempSync(join(tmpdir(), 'hubfit-cli-'));
    mkdirSync(join(folder, 'dist'));
    const scripts = readdirSync(dirname(cli)).filter((name) => name.endsWith('.js'));
    for (const name of scripts) cpSync(join(dirname(cli), name), join(folder, 'dist', name));
    writeFileSync(join(folder, 'package.json'), '{ "type": "module", "version": "0.0.0" }');
    // Its wasm and its sample are not beside it.
    const { code, err } = await hubfit(['list', '--sample'], {}, join(folder, 'dist/cli.js'));
    rmSync(folder, { recursive: true });
    expect(code).toBe(5);
    expect(err).toContain('hubfit: a fault of hubfit: HubfitError: ENOENT');
  });
});

describe('check against runtimes', () => {
  const LLAMA = 'TinyLlama/TinyLlama-1.1B-Chat-v1.0';

  test('the exit code and the first line tell the verdict', async () => {
    const native = await hubfit(['check', '--sample', LLAMA, '--runtime', 'vllm@0.33.0']);
    expect(native.code).toBe(0);
    expect(native.out).toContain(`${LLAMA} in vllm 0.33.0 is compatible`);
    const refused = await hubfit(['check', '--sample', LLAMA, '--runtime', 'llama.cpp']);
    expect(refused.code).toBe(1);
    expect(refused.out).toContain('does not load safetensors');
  });

  test('explained, each finding has its fact and the source of that', async () => {
    const args = ['check', '--sample', LLAMA, '--runtime', 'vllm@0.33.0', '--explain'];
    const { out } = await hubfit(args);
    expect(out).toContain('(architecture_supported)');
    expect(out).toMatch(/fact {2}vllm architectures: LlamaForCausalLM/);
    expect(out).toContain('pypi:vllm@0.33.0, vllm/model_executor/models/registry.py');
  });

  test('hardware alone makes a matrix of all runtimes', async () => {
    const { code, out } = await hubfit(['check', '--sample', LLAMA, '--hardware', 'RTX 4090']);
    expect(code).toBe(0);
    for (const runtime of ['llama.cpp', 'vllm', 'transformers.js', 'ollama']) {
      expect(out).toContain(`\n${runtime} `);
    }
  });

  test('a variant without a runtime is looked for in all of them', async () => {
    const { code, out } = await hubfit(['check', '--sample', LLAMA, '--variant', 'Q9_K']);
    expect(code).toBe(2);
    expect(out).toMatch(/^vllm .*unknown/m);
  });

  test('JSON has what was checked', async () => {
    const args = ['check', '--sample', LLAMA, '--runtime', 'vllm@0.33.0', '--json'];
    const { out } = await hubfit(args);
    expect(JSON.parse(out)).toMatchObject({
      id: LLAMA,
      level: 'native',
      checked: { runtime: 'vllm', version: '0.33.0', variant: { format: 'safetensors' } },
    });
  });

  test('unknown runtimes and devices are named with the nearest', async () => {
    const runtime = await hubfit(['check', '--sample', LLAMA, '--runtime', 'vlm']);
    expect(runtime).toMatchObject({ code: 3 });
    expect(runtime.err).toContain('near: vllm');
    const device = await hubfit(['check', '--sample', LLAMA, '--hardware', 'RTX 40900']);
    expect(device).toMatchObject({ code: 3 });
    expect(device.err).toContain('RTX 40900');
  });
});

test('hardware: what a name stands for', async () => {
  const { code, out } = await hubfit(['hardware', '2x3090 + 64 GB RAM']);
  expect(code).toBe(0);
  expect(out).toContain('2 x RTX 3090 24 GB + 64 GB RAM');
  expect(out.match(/cuda/g)).toHaveLength(2);
});

describe('check', () => {
  test('the exit code tells the verdict', async () => {
    const check = async (id: string): Promise<number> =>
      (await hubfit(['check', '--sample', id])).code;
    expect(await check('TinyLlama/TinyLlama-1.1B-Chat-v1.0')).toBe(0);
    expect(await check('openai-community/gpt2')).toBe(1);
    expect(await check('no/such-model')).toBe(3);
  });

  test('says why', async () => {
    const { out } = await hubfit(['check', 'openai-community/gpt2']);
    expect(out).toContain('openai-community/gpt2 is not compatible');
    expect(out).toContain('architecture gpt2 is not supported by the reference worker');
  });

  test('a missing model is one line on standard error', async () => {
    const { code, out, err } = await hubfit(['check', 'no/such-model']);
    expect([code, out]).toEqual([4, '']);
    expect(err).toMatch(/^hubfit: the hub answered 401 .*\(repo_not_found\)\n$/);
  });
});

describe('inspect', () => {
  test('shows each field of a model with its evidence, and what a header says', async () => {
    const { code, out } = await hubfit(['inspect', 'test/plain']);
    expect(code).toBe(0);
    expect(out).toMatch(/architecture +llama +stated +config.model_type/);
    expect(out).toMatch(/context +4,096 tokens +stated/);
    expect(out).toMatch(/size .* stated +siblings/);
    expect(out).toMatch(/BF16 +1 +32 +64 B/);
    expect(out).toMatch(/safetensors +– .* model\.safetensors/);
  });

  test('takes one of its files', async () => {
    const { out } = await hubfit(['inspect', 'test/plain:x-Q8_0.gguf', '--json']);
    expect(JSON.parse(out).files[0]).toMatchObject({ path: 'x-Q8_0.gguf', contextLength: 8192 });
  });

  test('takes a path and a URL', async () => {
    const path = join(tmpdir(), `hubfit-${process.pid}.gguf`);
    writeFileSync(path, GGUF);
    const local = await hubfit(['inspect', path]);
    expect(local.out).toMatch(/what +gguf 3 model/);
    const url = `${hub.url}/test/plain/resolve/main/x-Q8_0.gguf`;
    expect((await hubfit(['inspect', url])).out).toMatch(/context +8K tokens/);
    writeFileSync(path, 'not at all');
    const broken = await hubfit(['inspect', path]);
    expect([broken.code, broken.out]).toEqual([3, '']);
    expect(broken.err).toContain('invalid_file');
    expect((await hubfit(['inspect', `${path}.missing.gguf`])).code).toBe(3);
  });
});

describe('estimate', () => {
  const file = join(tmpdir(), `hubfit-memory-${process.pid}.gguf`);
  beforeAll(() => writeFileSync(file, MODEL));
  afterAll(() => rmSync(file));

  test('parts and devices, with llama.cpp’s own flags', async () => {
    const flags = ['-c', '4096', '-ctk', 'bf16', '--parallel', '2', '-fa', 'on', '-ngl', '3'];
    const { code, out } = await hubfit(['estimate', file, ...flags]);
    expect(code).toBe(0);
    expect(out).toContain('4,096 tokens, 2 sequences, cache bf16/f16, flash attention on');
    expect(out).toMatch(/^ +CPU +GPU 1 +all$/m);
    expect(out).toMatch(/^caches and states +– +1 MiB +1 MiB$/m);
    expect(out).toMatch(/^at most /m);
  });

  test('JSON holds settings, parts and findings', async () => {
    const flags = [
      '--ctx-size',
      '1024',
      '--no-kv-offload',
      '--runtime',
      'node-llama-cpp',
      '--json',
    ];
    const { out } = await hubfit(['estimate', file, ...flags]);
    const found = JSON.parse(out);
    expect(found.settings).toMatchObject({ contextLength: 1024, parallel: 1, kvOffload: false });
    expect(found.kv).toBe(2 * 1024 * 2 * 16 * 2 * 2);
    expect(found.devices).toHaveLength(1);
  });

  test('what the runtime refuses ends with 1', async () => {
    const refused = await hubfit(['estimate', file, '-ctv', 'q4_0', '-fa', 'off']);
    expect(refused.code).toBe(1);
    expect(refused.out).toContain('refuses values in q4_0 without flash attention');
    const short = await hubfit(['estimate', file, '-c', '-5']);
    expect([short.code, short.out.includes('negative length')]).toEqual([1, true]);
    expect((await hubfit(['estimate', file, '-ctk', 'q3'])).code).toBe(3);
    expect((await hubfit(['estimate', file, '--hardware', 'RTX 9999'])).code).toBe(3);
  });

  test('a model of the Hub', async () => {
    const { code, out } = await hubfit(['estimate', 'test/plain:x-Q8_0.gguf', '--json']);
    expect([code, JSON.parse(out).runtime]).toEqual([0, 'llama.cpp']);
  });
});

describe('plan', () => {
  const file = join(tmpdir(), `hubfit-plan-${process.pid}.gguf`);
  beforeAll(() => writeFileSync(file, MODEL));
  afterAll(() => rmSync(file));

  test('variants, memories and contexts', async () => {
    const { code, out } = await hubfit(['plan', 'test/gguf', '--hardware', 'RTX 4090 + 64 GB RAM']);
    expect(code).toBe(0);
    expect(out).toMatch(/take Q8_0, all of it fits, up to 8K tokens/);
    expect(out).toMatch(/^▸ +Q8_0 +.* ✓ full +8K /m);
    expect(out).toMatch(/^RTX 4090 +[█░]+ +.* of 23\.0 GiB +1\.03 GiB kept free$/m);
    expect(out).toMatch(/^context +memory over context/m);
    expect(out).toMatch(/^8K +█+ /m);
  });

  test('JSON holds the plan; without a machine it ends with 2', async () => {
    const { code, out } = await hubfit(['plan', 'test/gguf', '--json']);
    const plan = JSON.parse(out);
    expect([code, plan.fit]).toEqual([2, 'unknown']);
    expect(plan.variants.map(({ name }: { name: string }) => name)).toEqual(['Q8_0', 'Q4_K_M']);
  });

  test('in another runtime, part by part', async () => {
    const args = ['plan', 'test/gguf', '--runtime', 'candle', '--hardware', 'RTX 4090'];
    const { code, out } = await hubfit([...args, '--set', 'dtype=f16']);
    expect(code).toBe(0);
    expect(out).toMatch(/RTX 4090.*, candle: take Q8_0, all of it fits/);
    expect(out).toMatch(/^weights +/m);
    expect(out).toMatch(/^cache +/m);
    const wrong = await hubfit([...args, '--set', 'dtyp=f16']);
    expect([wrong.code, wrong.err.includes('dtype')]).toEqual([3, true]);
    const none = await hubfit(['plan', 'test/gguf', '--runtime', 'vllm', '--hardware', 'RTX 4090']);
    expect(none.code).toBe(2);
    expect(none.out).toContain('safetensors, pytorch');
  });

  test('where nothing fits it ends with 1', async () => {
    const { code, out } = await hubfit([
      'plan',
      'test/gguf',
      '--hardware',
      '1 GB RAM',
      '-c',
      '8192',
    ]);
    expect([code, out.includes('nothing fits')]).toEqual([1, true]);
    expect(out).toContain('what would fit');
  });
});

describe('runtimes', () => {
  test('all, with the versions that were read', async () => {
    const { code, out } = await hubfit(['runtimes']);
    expect(code).toBe(0);
    expect(out).toMatch(/^runtime +name +from +to +built +read +rows +source\n/);
    expect(out).toMatch(/^llama\.cpp +llama\.cpp +b2487 +v\d/m);
    const { out: json } = await hubfit(['runtimes', '--json']);
    expect(JSON.parse(json).map(({ id }: { id: string }) => id)).toContain('transformers.js');
  });

  test('one, with its releases and lists', async () => {
    const { out } = await hubfit(['runtimes', 'mlx']);
    expect(out).toMatch(/^MLX-LM\nalso called mlx\n/);
    expect(out).toMatch(/0\.12\.0 0\.12\.1 0\.13\.0/);
    expect(out).toMatch(/^modules +\d+ +mlx-module +mlx_lm\/models/m);
    const { out: json } = await hubfit(['runtimes', 'mlx', '--json']);
    expect(JSON.parse(json)).toMatchObject({ id: 'mlx-lm', scheme: 'pep440' });
  });

  test('a name in the lists of one', async () => {
    const { out } = await hubfit(['runtimes', 'llama.cpp@b2487', 'afmoe']);
    expect(out).toMatch(/^architectures +afmoe {2}model +not yet +since ~b7324$/m);
    expect(out).toContain('npm:node-llama-cpp@2.8.9');
    expect(out).toContain('architectures: src/llama-arch.cpp LLM_ARCH_NAMES');
    const none = await hubfit(['runtimes', 'llama.cpp', 'afmo']);
    expect(none.out).toContain('no list of llama.cpp has afmo; near: afmoe');
  });

  test('an unknown one is called wrongly', async () => {
    const { code, out, err } = await hubfit(['runtimes', 'vlm']);
    expect([code, out]).toEqual([3, '']);
    expect(err).toContain('near: vllm');
    expect((await hubfit(['runtimes', 'vllm@latest'])).err).toContain('expected a version such as');
  });
});

test('wrong calls end with 3 and teach', async () => {
  const { code, err } = await hubfit(['lst']);
  expect(code).toBe(3);
  expect(err).toContain("unknown command 'lst'");
  expect((await hubfit(['list', '--limit', 'x'])).code).toBe(3);
  expect((await hubfit(['--help'])).out).toContain('5  a fault of hubfit');
});

test('a token never reaches the output', async () => {
  const { err, out } = await hubfit(['check', 'no/such-model'], { HF_TOKEN: 'hf_verysecret' });
  expect(err + out).not.toContain('verysecret');
});
