// The list route against section 2 of the Hub's API contract.

import { describe, expect, test } from 'vitest';
import { CHAT_TEMPLATE } from './chat-template.ts';
import { TOKENS } from './hub.ts';
import { allPages, bearer, manyRows, nextOf, type Row, useHub } from './testing.ts';

async function ids(url: string, init?: RequestInit): Promise<string[]> {
  const response = await fetch(url, init);
  expect(response.status).toBe(200);
  return ((await response.json()) as Row[]).map(({ id }) => id).sort();
}

describe('items', () => {
  const hub = useHub();
  const list = async (query: string): Promise<Row[]> =>
    (await (await fetch(`${hub().url}/api/models?${query}`)).json()) as Row[];
  const find = (rows: Row[], id: string): Row => rows.find((row) => row.id === id) as Row;

  test('default rows have the default keys', async () => {
    const row = find(await list(''), 'acme/chat-1b');
    expect(Object.keys(row).sort()).toEqual(
      [
        '_id',
        'createdAt',
        'downloads',
        'id',
        'library_name',
        'likes',
        'modelId',
        'pipeline_tag',
        'private',
        'tags',
        'trendingScore',
      ].sort(),
    );
    expect(row._id).toMatch(/^[0-9a-f]{24}$/);
    expect(row.createdAt).toMatch(/^2025-02-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  });

  test('absent values are missing keys, never null', async () => {
    const rows = await list('full=true&cardData=true&config=true');
    const bare = find(rows, 'someone/bare');
    expect(Object.keys(bare)).not.toContain('pipeline_tag');
    expect(Object.keys(bare)).not.toContain('library_name');
    expect((bare.tags as string[]).some((tag) => tag.startsWith('license:'))).toBe(false);
    expect(JSON.stringify(rows)).not.toContain(':null');
  });

  test('full adds author, sha, lastModified, gated and names of files only', async () => {
    const row = find(await list('full=true'), 'acme/gated-27b');
    expect(row).toMatchObject({ author: 'acme', gated: 'manual' });
    expect(row.sha).toMatch(/^[0-9a-f]{40}$/);
    expect(row.siblings).toContainEqual({ rfilename: 'config.json' });
    expect(row).not.toHaveProperty('safetensors');
    expect(row).not.toHaveProperty('cardData');
  });

  test('config is reduced: no geometry', async () => {
    const row = find(await list('config=true'), 'Other-Org/Chat-1B-AWQ');
    expect(row.config).toEqual({
      architectures: ['LlamaForCausalLM'],
      model_type: 'llama',
      quantization_config: { quant_method: 'awq', bits: 4 },
    });
    expect(row).not.toHaveProperty('cardData');
    expect(find(await list('cardData=true'), 'acme/chat-1b-GGUF').cardData).toMatchObject({
      license: 'apache-2.0',
      base_model: 'acme/chat-1b',
    });
  });

  test('expand sends the named fields, _id, id and the active sort key', async () => {
    const rows = await list('expand=safetensors&expand[]=gated&sort=downloads');
    expect(find(rows, 'acme/chat-1b')).toEqual({
      _id: expect.any(String),
      id: 'acme/chat-1b',
      downloads: 120_000,
      gated: false,
      safetensors: { parameters: { BF16: 1_235_814_400 }, total: 1_235_814_400 },
    });
    expect(find(await list('expand=likes'), 'acme/chat-1b')).toHaveProperty('trendingScore');
  });

  test('expand=gguf carries the whole chat template in every row', async () => {
    const row = find(await list('expand=gguf'), 'acme/chat-1b-GGUF');
    expect(row.gguf).toMatchObject({
      architecture: 'llama',
      context_length: 131072,
      total: 1_235_814_432,
      totalFileSize: 2_479_595_360,
      chat_template: CHAT_TEMPLATE,
    });
    expect(CHAT_TEMPLATE.length).toBeGreaterThan(6000);
  });

  test('tags are those that the Hub adds', async () => {
    const rows = await list('');
    expect(find(rows, 'Other-Org/Chat-1B-AWQ').tags).toEqual([
      'transformers',
      'safetensors',
      'llama',
      'base_model:acme/chat-1b',
      'base_model:quantized:acme/chat-1b',
      'license:mit',
      'text-generation-inference',
      'endpoints_compatible',
      '4-bit',
      'awq',
      'region:us',
    ]);
    expect(find(rows, 'acme/chat-1b').tags).toEqual(
      expect.arrayContaining(['onnx', 'safetensors', 'conversational', 'en', 'id', 'region:us']),
    );
  });
});

describe('refusals', () => {
  const hub = useHub();
  const cases: [query: string, message: RegExp][] = [
    ['expand=likes,downloads', /Invalid option: expected one of "author"\|"cardData"/],
    ['expand=nonsense', /Invalid option: expected one of "author"/],
    ['expand=baseModels', /Invalid option/],
    ['expand=childrenModelCount', /Invalid option/],
    ['expand[]=usedStorage', /Invalid option/],
    ['limit=0', /limit/],
    ['limit=-1', /limit/],
    ['limit=abc', /limit/],
    ['sort=nonsense', /Invalid option/],
    ['direction=2', /direction/],
    ['skip=-1', /skip/],
    ['cursor=nonsense', /cursor/],
    ['gated=maybe', /gated/],
    ['num_parameters=6B', /num_parameters/],
  ];

  test.each(cases)('%s is a 400', async (query, message) => {
    const response = await fetch(`${hub().url}/api/models?${query}`);
    expect(response.status).toBe(400);
    expect(((await response.json()) as { error: string }).error).toMatch(message);
  });
});

describe('filters', () => {
  const hub = useHub({
    extraRepos: [
      { id: 'acme/secret', private: true, files: {} },
      { id: 'acme/mlx', tags: ['mlx'], files: {} },
    ],
  });
  const cases: [query: string, expected: string[]][] = [
    ['search=CHAT-1b', ['Other-Org/Chat-1B-AWQ', 'acme/chat-1b', 'acme/chat-1b-GGUF']],
    ['author=Other-Org', ['Other-Org/Chat-1B-AWQ']],
    ['author=other-org', []],
    ['filter=gguf', ['acme/chat-1b-GGUF']],
    ['filter=en&filter=safetensors&filter=onnx', ['acme/chat-1b']],
    ['filter=license:mit', ['Other-Org/Chat-1B-AWQ']],
    ['filter=fill-mask', ['google-bert/bert-base-uncased']],
    ['filter=base_model:quantized:acme/chat-1b', ['Other-Org/Chat-1B-AWQ', 'acme/chat-1b-GGUF']],
    ['pipeline_tag=image-text-to-text', ['acme/gated-27b']],
    ['gated=true', ['acme/gated-27b']],
    ['num_parameters=min:6B,max:128B', ['acme/gated-27b']],
    ['num_parameters=max:200M', ['google-bert/bert-base-uncased']],
    ['apps=llama.cpp', ['acme/chat-1b-GGUF']],
    ['apps=ollama,tgi', ['Other-Org/Chat-1B-AWQ', 'acme/chat-1b', 'acme/chat-1b-GGUF']],
    ['apps=mlx-lm&apps=lmstudio', ['acme/chat-1b-GGUF', 'acme/mlx']],
    ['apps=vllm&author=acme', ['acme/chat-1b', 'acme/chat-1b-GGUF', 'acme/gated-27b']],
    ['inference=warm', []],
    ['author=acme&search=secret', []],
  ];

  test.each(cases)('%s', async (query, expected) => {
    expect(await ids(`${hub().url}/api/models?${query}`)).toEqual(expected);
  });

  test('library is ignored', async () => {
    const all = await ids(`${hub().url}/api/models`);
    expect(await ids(`${hub().url}/api/models?library=mlx&language=fr&license=mit`)).toEqual(all);
  });

  test('private repositories are listed for those who may read them', async () => {
    const url = `${hub().url}/api/models?author=acme&search=secret`;
    expect(await ids(url, bearer(TOKENS.reader))).toEqual([]);
    expect(await ids(url, bearer(TOKENS.granted))).toEqual(['acme/secret']);
  });
});

describe('unconfirmed parameters, switched on', () => {
  const hub = useHub({ listParameters: { language: true, license: true, ids: true } });

  test('each has its effect', async () => {
    const { url } = hub();
    expect(await ids(`${url}/api/models?language=id`)).toEqual(['acme/chat-1b']);
    expect(await ids(`${url}/api/models?license=mit`)).toEqual(['Other-Org/Chat-1B-AWQ']);
    expect(await ids(`${url}/api/models?ids=someone/bare`)).toEqual(['someone/bare']);
  });
});

describe('paging', () => {
  const rows = manyRows(1203);
  const hub = useHub({ rows });

  test.each(['trendingScore', 'downloads', 'num_parameters', 'createdAt', 'id'])(
    'sort=%s visits every row once, in order',
    async (sort) => {
      const pages = await allPages<Row>(
        `${hub().url}/api/models?limit=100&sort=${sort}&expand=downloads`,
      );
      const seen = pages.flat();
      expect(pages.map(({ length }) => length)).toEqual([...Array(12).fill(100), 3]);
      expect(new Set(seen.map(({ id }) => id)).size).toBe(1203);
      const values = seen.map((row) => row[sort] as number | string | undefined);
      for (const [n, value] of values.entries()) {
        const before = values[n - 1];
        if (n === 0 || value === undefined) continue;
        expect(before !== undefined && before >= value).toBe(true);
        if (before === value) expect((seen[n - 1] as Row)._id < (seen[n] as Row)._id).toBe(true);
      }
    },
  );

  test('direction=1 turns the order around', async () => {
    const pages = await allPages<Row>(`${hub().url}/api/models?limit=500&sort=likes&direction=1`);
    const likes = pages.flat().map((row) => row.likes as number);
    expect(likes).toHaveLength(1203);
    expect(likes).toEqual([...likes].sort((a, b) => a - b));
  });

  test('the next address has the same parameters, the default sort and a base64 cursor', async () => {
    const query = 'limit=10&filter=region:us&expand=likes&expand=tags&skip=5';
    const next = nextOf(await fetch(`${hub().url}/api/models?${query}`)) ?? '';
    expect(next.startsWith(`${hub().url}/api/models?`)).toBe(true);
    const params = new URL(next).searchParams;
    expect(params.get('sort')).toBe('trendingScore');
    expect(params.getAll('expand')).toEqual(['likes', 'tags']);
    expect(params.get('filter')).toBe('region:us');
    expect(params.has('skip')).toBe(false);
    const cursor = Buffer.from(params.get('cursor') ?? '', 'base64').toString();
    expect(JSON.parse(cursor)).toEqual({
      $or: [
        {
          trendingScore: expect.any(Number),
          _id: { $gt: expect.stringMatching(/^[0-9a-f]{24}$/) },
        },
        { trendingScore: { $lt: expect.any(Number) } },
        { trendingScore: null },
      ],
    });
  });

  test('skip moves the first page', async () => {
    const base = `${hub().url}/api/models?limit=10&sort=id`;
    const whole = (await allPages<Row>(base)).flat();
    const skipped = (await allPages<Row>(`${base}&skip=15`)).flat();
    expect(skipped.map(({ id }) => id)).toEqual(whole.slice(15).map(({ id }) => id));
  });

  test('pages hold at most 1000 rows, which is also the default', async () => {
    for (const query of ['', '?limit=5000']) {
      const pages = await allPages<Row>(`${hub().url}/api/models${query}`);
      expect(pages.map(({ length }) => length)).toEqual([1000, 203]);
    }
  });

  test('the last page has no Link, even when it is full', async () => {
    const response = await fetch(`${hub().url}/api/models?limit=1&search=model-0007`);
    expect(await response.json()).toHaveLength(1);
    expect(response.headers.get('Link')).toBeNull();
  });
});
