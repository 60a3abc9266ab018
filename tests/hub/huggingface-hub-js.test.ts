// Fidelity: the ecosystem's own JavaScript client, unmodified, against the local Hub.

import { createHash } from 'node:crypto';
import {
  checkRepoAccess,
  downloadFile,
  fileDownloadInfo,
  fileExists,
  HubApiError,
  listFiles,
  listModels,
  modelInfo,
  pathsInfo,
  whoAmI,
} from '@huggingface/hub';
import { describe, expect, test } from 'vitest';
import { FIXTURE } from './fixture.ts';
import { TOKENS } from './hub.ts';
import { manyRows, useHub } from './testing.ts';

const REPO = 'acme/chat-1b';

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

describe('@huggingface/hub', () => {
  const hub = useHub({
    rows: [...FIXTURE, ...manyRows(1203)],
    extraRepos: [{ id: 'acme/real', files: { 'README.md': '# real', 'w.bin': 'weights' } }],
  });

  test('listModels: search, owner, task and tags', async () => {
    const hubUrl = hub().url;
    const search = {
      query: 'CHAT',
      owner: 'acme',
      task: 'text-generation',
      tags: ['gguf'],
    } as const;
    const [model, ...others] = await collect(
      listModels({ hubUrl, search: { ...search, tags: [...search.tags] } }),
    );
    expect(others).toEqual([]);
    expect(model).toMatchObject({
      id: expect.stringMatching(/^[0-9a-f]{24}$/),
      name: 'acme/chat-1b-GGUF',
      private: false,
      gated: false,
      likes: 96,
      downloads: 64_000,
      task: 'text-generation',
    });
    expect(model?.updatedAt.getTime()).toBeGreaterThan(0);
  });

  test('listModels: several pages up to a limit', async () => {
    hub().requests.length = 0;
    const search = { owner: 'crowd' };
    const models = await collect(listModels({ hubUrl: hub().url, search, limit: 1100 }));
    expect(models).toHaveLength(1100);
    expect(new Set(models.map(({ name }) => name)).size).toBe(1100);
    expect(hub().requests).toHaveLength(3);
  });

  test('listModels: additional fields', async () => {
    const [model] = await collect(
      listModels({
        hubUrl: hub().url,
        search: { query: 'chat-1b', owner: 'acme', tags: ['onnx'] },
        additionalFields: [
          'safetensors',
          'tags',
          'config',
          'author',
          'sha',
          'filePaths',
          'cardData',
        ],
        sort: 'downloads',
      }),
    );
    expect(model).toMatchObject({
      author: 'acme',
      sha: expect.stringMatching(/^[0-9a-f]{40}$/),
      safetensors: { total: 1_235_814_400 },
      config: { model_type: 'llama' },
      cardData: { license: 'apache-2.0' },
    });
    expect(model?.filePaths).toContain('tokenizer.json');
  });

  test('listModels: apps', async () => {
    const models = await collect(listModels({ hubUrl: hub().url, search: { apps: ['lmstudio'] } }));
    expect(models.map(({ name }) => name)).toEqual(['acme/chat-1b-GGUF']);
  });

  test('modelInfo: by revision, legacy id and additional fields', async () => {
    const hubUrl = hub().url;
    const info = await modelInfo({ hubUrl, name: REPO, additionalFields: ['sha', 'safetensors'] });
    expect(info).toMatchObject({ name: REPO, safetensors: { sharded: true } });
    const again = await modelInfo({ hubUrl, name: REPO, revision: info.sha });
    expect(again.name).toBe(REPO);
    const legacy = await modelInfo({ hubUrl, name: 'bert-base-uncased' });
    expect(legacy.name).toBe('google-bert/bert-base-uncased');
  });

  test('modelInfo: errors', async () => {
    const hubUrl = hub().url;
    const status = async (promise: Promise<unknown>): Promise<unknown> => {
      const error = await promise.then(() => undefined).catch((caught: unknown) => caught);
      expect(error).toBeInstanceOf(HubApiError);
      return (error as HubApiError).statusCode;
    };
    expect(await status(modelInfo({ hubUrl, name: 'acme/nothing' }))).toBe(401);
    const accessToken = TOKENS.reader;
    expect(await status(modelInfo({ hubUrl, name: 'acme/nothing', accessToken }))).toBe(404);
    expect(await status(modelInfo({ hubUrl, name: REPO, revision: 'nope' }))).toBe(404);
  });

  test('listFiles: recursive', async () => {
    const files = await collect(
      listFiles({ hubUrl: hub().url, repo: REPO, recursive: true, expand: true }),
    );
    const paths = files.map(({ path }) => path);
    expect(paths).toContain('original/deep/tokenizer.model');
    const large = files.find(({ path }) => path === 'onnx/model_q4.onnx');
    expect(large).toMatchObject({
      size: 412_345_678,
      lfs: { size: 412_345_678, pointerSize: 134 },
    });
    expect(large?.lastCommit?.title).toBe('Upload files');
  });

  test('pathsInfo', async () => {
    const paths = ['config.json', 'nope', 'onnx'];
    const rows = await pathsInfo({ hubUrl: hub().url, repo: REPO, paths, expand: true });
    expect(rows.map(({ path }) => path)).toEqual(['config.json', 'onnx']);
  });

  test('downloadFile: a small file', async () => {
    const blob = await downloadFile({ hubUrl: hub().url, repo: REPO, path: 'config.json' });
    expect(JSON.parse((await blob?.text()) ?? '')).toEqual(FIXTURE[0]?.config);
  });

  test('downloadFile: an LFS file, checked against its digest', async () => {
    const hubUrl = hub().url;
    const path = 'onnx/model.onnx';
    const [row] = await pathsInfo({ hubUrl, repo: REPO, paths: [path] });
    const blob = await downloadFile({ hubUrl, repo: REPO, path });
    const bytes = new Uint8Array((await blob?.arrayBuffer()) ?? new ArrayBuffer(0));
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(row?.lfs?.oid);
  });

  test('downloadFile: a slice far inside a large file', async () => {
    const path = 'model-00001-of-00002.safetensors';
    const blob = await downloadFile({ hubUrl: hub().url, repo: REPO, path });
    const slice = blob?.slice(1_800_000_000, 1_800_000_016);
    expect((await slice?.arrayBuffer())?.byteLength).toBe(16);
  });

  test('downloadFile: the pointer', async () => {
    const blob = await downloadFile({
      hubUrl: hub().url,
      repo: REPO,
      path: 'onnx/model.onnx',
      raw: true,
    });
    expect(await blob?.text()).toMatch(/^version https:\/\/git-lfs/);
  });

  test('fileDownloadInfo: small, large, missing, gated', async () => {
    const hubUrl = hub().url;
    const small = await fileDownloadInfo({ hubUrl, repo: REPO, path: 'config.json' });
    expect(small).toMatchObject({ size: 843, etag: expect.stringMatching(/^"[0-9a-f]{40}"$/) });
    const path = 'onnx/model_q4.onnx';
    const large = await fileDownloadInfo({ hubUrl, repo: REPO, path });
    expect(large).toMatchObject({
      size: 412_345_678,
      etag: expect.stringMatching(/^"[0-9a-f]{64}"/),
    });
    expect(large?.xet).toBeUndefined();
    expect(await fileDownloadInfo({ hubUrl, repo: REPO, path: 'nope' })).toBeNull();
    expect(await fileExists({ hubUrl, repo: REPO, path: 'config.json' })).toBe(true);
    const gated = { hubUrl, repo: 'acme/gated-27b', path: 'config.json' };
    await expect(fileDownloadInfo(gated)).rejects.toMatchObject({ statusCode: 401 });
    const accessToken = TOKENS.granted;
    expect((await fileDownloadInfo({ ...gated, accessToken }))?.size).toBeGreaterThan(0);
  });

  test('checkRepoAccess and whoAmI', async () => {
    const hubUrl = hub().url;
    const accessToken = TOKENS.reader;
    await checkRepoAccess({ hubUrl, repo: REPO, accessToken });
    expect((await whoAmI({ hubUrl, accessToken })).name).toBe('reader');
  });
});
