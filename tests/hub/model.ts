// GET /api/models/{id}[/revision/{rev}]: section 3 of the Hub's API contract.

import type { Found } from './access.ts';
import type { HubContext } from './context.ts';
import { expandOf, pickFields, SINGLE_EXPAND } from './expand.ts';
import type { Repo, RepoFile } from './types.ts';

const DEFAULT_KEYS = [
  '_id',
  'id',
  'modelId',
  'author',
  'sha',
  'lastModified',
  'createdAt',
  'private',
  'gated',
  'disabled',
  'tags',
  'pipeline_tag',
  'library_name',
  'downloads',
  'likes',
  'siblings',
  'spaces',
  'cardData',
  'config',
  'transformersInfo',
  'safetensors',
  'gguf',
  'model-index',
  'mask_token',
  'widgetData',
  'inference',
];

/** `blobId` of an LFS file is its pointer's; the content's digest is called `sha256` only here. */
function sibling(file: RepoFile): object {
  const { path, size, lfs } = file;
  const large = { sha256: file.sha256(), size, pointerSize: file.pointer().length };
  return { rfilename: path, size, blobId: file.oid(), ...(lfs && { lfs: large }) };
}

function siblings(repo: Repo, blobs: boolean): object {
  return blobs ? repo.files.map(sibling) : (repo.fields.siblings as object);
}

/** Only the single route tells whether the weights are in shards. */
function safetensors(repo: Repo): Record<string, unknown> {
  const info = repo.fields.safetensors as Record<string, unknown> | undefined;
  const shards = repo.files.filter(({ path }) => /-of-\d+\.safetensors$/.test(path));
  return info ? { safetensors: { ...info, ...(shards.length > 1 && { sharded: true }) } } : {};
}

function relations({ store }: HubContext, repo: Repo, names: string[]): Record<string, unknown> {
  const baseModels = names.includes('baseModels') ? store.baseModelsOf(repo) : undefined;
  return {
    ...(baseModels && { baseModels }),
    ...(names.includes('childrenModelCount') && { childrenModelCount: store.childrenOf(repo) }),
  };
}

function namesOf(context: HubContext, query: URLSearchParams): string[] {
  const expand = expandOf(query, SINGLE_EXPAND);
  if (expand) return ['_id', 'id', ...expand];
  const unasked = context.options.usedStorageByDefault ?? true;
  return [...DEFAULT_KEYS, ...(unasked ? ['usedStorage'] : [])];
}

const isOn = (query: URLSearchParams, name: string): boolean =>
  query.get(name)?.toLowerCase() === 'true';

export function singleModel(
  context: HubContext,
  { repo, commit }: Found,
  query: URLSearchParams,
): Response {
  const names = namesOf(context, query);
  const body: Record<string, unknown> = {
    ...pickFields(repo, names),
    ...relations(context, repo, names),
    ...(names.includes('safetensors') && safetensors(repo)),
  };
  if ('sha' in body) body.sha = commit;
  if ('siblings' in body) body.siblings = siblings(repo, isOn(query, 'blobs'));
  if (isOn(query, 'securityStatus')) {
    body.securityRepoStatus = { scansDone: true, filesWithIssues: [] };
  }
  return Response.json(body);
}
