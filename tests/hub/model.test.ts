// The single route, ids and revisions against section 3 of the Hub's API contract.

import { describe, expect, test } from 'vitest';
import { gitBlobSha1, realSource, toBytes } from './bytes.ts';
import { TOKENS } from './hub.ts';
import { bearer, json, manual, useHub } from './testing.ts';

const TAG_COMMIT = 'a'.repeat(40);
const EXTRA = [
  {
    id: 'acme/tagged',
    files: { 'config.json': '{"model_type":"llama","num_hidden_layers":2}', 'w.bin': 'weights' },
    revisions: { 'v1.0': TAG_COMMIT, 'refs/pr/1': 'b'.repeat(40) },
    formerIds: ['old-name/tagged'],
  },
  { id: 'acme/odd', files: {}, fields: { cardData: { 'model-index': {} }, likes: undefined } },
];

describe('body', () => {
  const hub = useHub();

  test('has the default keys and no full config', async () => {
    const body = await json(`${hub().url}/api/models/acme/chat-1b`);
    expect(body).toMatchObject({
      id: 'acme/chat-1b',
      modelId: 'acme/chat-1b',
      author: 'acme',
      private: false,
      gated: false,
      disabled: false,
      pipeline_tag: 'text-generation',
      library_name: 'transformers',
      safetensors: { total: 1_235_814_400, sharded: true },
      transformersInfo: { auto_model: 'AutoModelForCausalLM' },
      spaces: [],
      usedStorage: expect.any(Number),
    });
    expect(body.siblings).toContainEqual({ rfilename: 'onnx/model.onnx' });
    expect(body.config).toMatchObject({ architectures: ['LlamaForCausalLM'], model_type: 'llama' });
    expect(body.config).not.toHaveProperty('num_hidden_layers');
    expect(JSON.stringify(body)).not.toContain(':null');
  });

  test('GGUF repositories have gguf instead of safetensors', async () => {
    const body = await json(`${hub().url}/api/models/acme/chat-1b-GGUF`);
    expect(body.gguf).toMatchObject({ architecture: 'llama' });
    expect(body).not.toHaveProperty('safetensors');
  });

  test('blobs adds sizes, git hashes and the sha256 of LFS files', async () => {
    const body = await json(`${hub().url}/api/models/acme/chat-1b?blobs=true`);
    const siblings = body.siblings as { rfilename: string; [key: string]: unknown }[];
    const named = (name: string) => siblings.find(({ rfilename }) => rfilename === name);
    expect(named('tokenizer.json')).toEqual({
      rfilename: 'tokenizer.json',
      size: 9_085_657,
      blobId: expect.stringMatching(/^[0-9a-f]{40}$/),
    });
    const large = named('onnx/model_q4.onnx')?.lfs as { sha256: string };
    const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${large.sha256}\nsize 412345678\n`;
    expect(named('onnx/model_q4.onnx')).toEqual({
      rfilename: 'onnx/model_q4.onnx',
      size: 412_345_678,
      blobId: gitBlobSha1(realSource(toBytes(pointer))),
      lfs: { sha256: expect.stringMatching(/^[0-9a-f]{64}$/), size: 412_345_678, pointerSize: 134 },
    });
  });

  test('expand sends named fields only, and knows the three that lists refuse', async () => {
    const url = `${hub().url}/api/models/acme/chat-1b-GGUF`;
    const query = 'expand=baseModels&expand=childrenModelCount&expand=usedStorage';
    expect(await json(`${url}?${query}`)).toEqual({
      _id: expect.any(String),
      id: 'acme/chat-1b-GGUF',
      baseModels: {
        relation: 'quantized',
        models: [{ _id: expect.any(String), id: 'acme/chat-1b' }],
      },
      childrenModelCount: { adapter: 0, merge: 0, quantized: 0, finetune: 0 },
      usedStorage: expect.any(Number),
    });
    const parent = await json(`${hub().url}/api/models/acme/chat-1b?expand=childrenModelCount`);
    expect(parent.childrenModelCount).toMatchObject({ quantized: 2 });
    expect((await fetch(`${url}?expand=likes,sha`)).status).toBe(400);
  });

  test('blobs together with expand=siblings is accepted', async () => {
    const body = await json(`${hub().url}/api/models/someone/bare?blobs=true&expand[]=siblings`);
    expect(body.siblings).toEqual([
      expect.objectContaining({ rfilename: 'weights.bin', size: 1000 }),
    ]);
  });

  test('securityStatus adds the scan', async () => {
    const body = await json(`${hub().url}/api/models/someone/bare?securityStatus=true`);
    expect(body.securityRepoStatus).toEqual({ scansDone: true, filesWithIssues: [] });
  });

  test('metadata of gated repositories is public', async () => {
    const response = await fetch(`${hub().url}/api/models/acme/gated-27b`);
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ gated: 'manual' });
  });
});

describe('settings', () => {
  const hub = useHub({ usedStorageByDefault: false, taskInTags: true, extraRepos: EXTRA });

  test('usedStorage can be left to expand', async () => {
    expect(await json(`${hub().url}/api/models/acme/chat-1b`)).not.toHaveProperty('usedStorage');
  });

  test('the task can be among the tags', async () => {
    expect((await json(`${hub().url}/api/models/acme/chat-1b`)).tags).toContain('text-generation');
  });

  test('an extra repository can say anything', async () => {
    const body = await json(`${hub().url}/api/models/acme/odd`);
    expect(body.cardData).toEqual({ 'model-index': {} });
    expect(body).not.toHaveProperty('likes');
  });
});

describe('revisions', () => {
  const hub = useHub({ extraRepos: EXTRA });
  const sha = async (rev: string): Promise<unknown> =>
    (await json(`${hub().url}/api/models/acme/tagged/revision/${rev}`)).sha;

  test('HEAD, main, names, encoded refs, full and short commits', async () => {
    const head = (await json(`${hub().url}/api/models/acme/tagged`)).sha as string;
    expect(await sha('HEAD')).toBe(head);
    expect(await sha('main')).toBe(head);
    expect(await sha(head)).toBe(head);
    expect(await sha(head.slice(0, 8))).toBe(head);
    expect(await sha('v1.0')).toBe(TAG_COMMIT);
    expect(await sha('refs%2Fpr%2F1')).toBe('b'.repeat(40));
  });

  test('an unknown one is RevisionNotFound', async () => {
    const response = await fetch(`${hub().url}/api/models/acme/tagged/revision/v9`);
    expect(response.status).toBe(404);
    expect(response.headers.get('X-Error-Code')).toBe('RevisionNotFound');
    expect(response.headers.get('X-Error-Message')).toBe('Invalid rev id: v9');
    expect(await response.json()).toEqual({ error: 'Invalid rev id: v9' });
  });

  test('refs are listed', async () => {
    expect(await json(`${hub().url}/api/models/acme/tagged/refs?include_prs=1`)).toMatchObject({
      branches: [{ name: 'main' }, { name: 'v1.0', targetCommit: TAG_COMMIT }],
      pullRequests: [{ ref: 'refs/pr/1' }],
    });
  });
});

describe('other ids', () => {
  const hub = useHub({ extraRepos: EXTRA, renamed: { 'gone/model': 'acme/chat-1b' } });
  const cases: [from: string, to: string][] = [
    ['/api/models/bert-base-uncased', '/api/models/google-bert/bert-base-uncased'],
    ['/api/models/ACME/Chat-1B?blobs=true', '/api/models/acme/chat-1b?blobs=true'],
    ['/api/models/gone/model/revision/main', '/api/models/acme/chat-1b/revision/main'],
    ['/api/models/old-name/tagged', '/api/models/acme/tagged'],
    ['/api/models/bert-base-uncased/refs', '/api/models/google-bert/bert-base-uncased/refs'],
    [
      '/api/models/bert-base-uncased/tree/refs%2Fpr%2F1',
      '/api/models/google-bert/bert-base-uncased/tree/refs%2Fpr%2F1',
    ],
    [
      '/bert-base-uncased/resolve/main/config.json?download=true',
      '/google-bert/bert-base-uncased/resolve/main/config.json?download=true',
    ],
  ];

  test.each(cases)('%s is a relative 307', async (from, to) => {
    const response = await manual(hub().url + from);
    expect(response.status).toBe(307);
    expect(response.headers.get('Location')).toBe(to);
  });

  test('following one gives the current id', async () => {
    expect(await json(`${hub().url}/api/models/bert-base-uncased`)).toMatchObject({
      id: 'google-bert/bert-base-uncased',
    });
  });
});

describe('private and disabled repositories', () => {
  const hub = useHub({
    extraRepos: [
      { id: 'acme/secret', private: true, files: { 'a.txt': 'a' } },
      { id: 'acme/closed', disabled: true, files: { 'a.txt': 'a' } },
    ],
  });

  test('a private one is 401 to strangers, 404 to others, 200 to its readers', async () => {
    const url = `${hub().url}/api/models/acme/secret`;
    expect((await fetch(url)).status).toBe(401);
    expect((await fetch(url, bearer(TOKENS.reader))).status).toBe(404);
    expect((await fetch(url, bearer(TOKENS.granted))).status).toBe(200);
  });

  test('a disabled one is 403 with the exact message', async () => {
    const response = await fetch(`${hub().url}/acme/closed/resolve/main/a.txt`);
    expect(response.status).toBe(403);
    expect(response.headers.get('X-Error-Message')).toBe('Access to this resource is disabled.');
    expect(response.headers.get('X-Error-Code')).toBeNull();
  });
});
