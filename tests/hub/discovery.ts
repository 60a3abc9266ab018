// The small routes beside the list: whoami, tags by type, and the refs of one repository.

import type { Caller, Found } from './access.ts';
import type { HubContext } from './context.ts';
import { ANONYMOUS, badRequest, refuse } from './errors.ts';
import { keyOf } from './rows.ts';
import type { Repo, Target } from './types.ts';

export function whoami(target: Target, caller: Caller): Response {
  if (!caller) return refuse(target, ANONYMOUS);
  return Response.json({
    type: 'user',
    id: keyOf(caller.name),
    name: caller.name,
    fullname: caller.name,
    isPro: false,
    orgs: [],
    auth: { type: 'access_token', accessToken: { displayName: 'local', role: 'read' } },
  });
}

const FORMATS = [
  'gguf',
  'onnx',
  'safetensors',
  'pytorch',
  'tf',
  'jax',
  'tflite',
  'coreml',
  'openvino',
];
const TAG_TYPES = [
  'pipeline_tag',
  'library',
  'dataset',
  'bucket',
  'language',
  'license',
  'arxiv',
  'doi',
  'region',
  'other',
];

function languagesOf({ fields }: Repo): string[] {
  const { language } = fields.cardData as { language?: string | string[] };
  return language === undefined ? [] : [language].flat();
}

/** File formats are counted among the libraries here, unlike in the list of libraries. */
function typeOf(tag: string, repo: Repo): string {
  const prefix = tag.match(/^(dataset|bucket|license|arxiv|doi|region):/)?.[1];
  if (prefix) return prefix;
  if (tag === repo.fields.library_name || FORMATS.includes(tag)) return 'library';
  return languagesOf(repo).includes(tag) ? 'language' : 'other';
}

function tagsByType(repos: Repo[]): Record<string, Map<string, object>> {
  const found = Object.fromEntries(TAG_TYPES.map((type) => [type, new Map<string, object>()]));
  const note = (type: string, id: string): void => {
    found[type]?.set(id, { id, label: id.replace(`${type}:`, ''), type });
  };
  for (const repo of repos) {
    const task = repo.fields.pipeline_tag;
    if (typeof task === 'string') note('pipeline_tag', task);
    for (const tag of repo.fields.tags as string[]) {
      if (tag !== task && !tag.startsWith('base_model:')) note(typeOf(tag, repo), tag);
    }
  }
  return found;
}

export function modelsTagsByType({ store }: HubContext, query: URLSearchParams): Response {
  const wanted = query.get('type');
  if (wanted !== null && !TAG_TYPES.includes(wanted)) {
    const options = TAG_TYPES.map((type) => `"${type}"`).join('|');
    return badRequest(`Invalid option: expected one of ${options}`);
  }
  const found = Object.entries(tagsByType(store.repos.filter((repo) => !repo.private)));
  const shown = found.filter(([type]) => wanted === null || type === wanted);
  return Response.json(Object.fromEntries(shown.map(([type, tags]) => [type, [...tags.values()]])));
}

export function refs({ repo }: Found, query: URLSearchParams): Response {
  const entries = Object.entries(repo.revisions).map(([name, targetCommit]) => ({
    name,
    ref: name.startsWith('refs/') ? name : `refs/heads/${name}`,
    targetCommit,
  }));
  const isPull = ({ ref }: { ref: string }): boolean => ref.startsWith('refs/pr/');
  return Response.json({
    branches: entries.filter((entry) => !isPull(entry)),
    converts: [],
    tags: [],
    ...(query.has('include_prs') && { pullRequests: entries.filter(isPull) }),
  });
}
