// The list's filters, one function per query parameter: section 2.1 of the Hub's API contract.

import type { HubOptions } from './context.ts';
import type { Repo } from './types.ts';

export type Predicate = (repo: Repo) => boolean;

export class BadQuery extends Error {}

function tagsOf(repo: Repo): string[] {
  return repo.fields.tags as string[];
}

/** A tag or the task; several are combined by AND. */
function byTags(tags: string[]): Predicate {
  return (repo) =>
    tags.every((tag) => tagsOf(repo).includes(tag) || repo.fields.pipeline_tag === tag);
}

function byGated(value: string): Predicate {
  if (value !== 'true' && value !== 'false') {
    throw new BadQuery('Invalid option: expected one of "true"|"false" for gated');
  }
  return (repo) => (repo.gated !== false) === (value === 'true');
}

const UNITS: Record<string, number> = { '': 1, K: 1e3, M: 1e6, B: 1e9, T: 1e12 };

function bound(text: string): number {
  const [, figure, unit] = text.match(/^(\d+(?:\.\d+)?)([KMBT]?)$/i) ?? [];
  if (!figure) throw new BadQuery(`Invalid num_parameters bound: ${text}`);
  return Number(figure) * (UNITS[(unit ?? '').toUpperCase()] ?? 1);
}

/** `min:6B,max:128B`, either part alone too. Models without a count are left out. */
function byParameters(value: string): Predicate {
  const bounds = { min: 0, max: Number.POSITIVE_INFINITY };
  for (const part of value.split(',')) {
    const [, side, text] = part.match(/^(min|max):(.+)$/) ?? [];
    if (!side || !text) throw new BadQuery(`Invalid num_parameters: ${value}`);
    bounds[side as 'min' | 'max'] = bound(text);
  }
  return ({ sortValues }) => {
    const count = sortValues.num_parameters;
    return typeof count === 'number' && count >= bounds.min && count <= bounds.max;
  };
}

const VLLM_TASKS = ['text-generation', 'image-text-to-text'];
const VLLM_TAGS = ['awq', 'gptq', 'aqlm', 'marlin', 'gguf', 'transformers'];

/** Section 2.2; every other name belongs to the llama.cpp family. */
function runsOn(app: string, repo: Repo): boolean {
  const tags = tagsOf(repo);
  if (app === 'mlx-lm' || app === 'mlx') return tags.includes('mlx');
  if (app === 'tgi') return tags.includes('text-generation-inference');
  if (app === 'vllm' || app === 'sglang') {
    const task = String(repo.fields.pipeline_tag);
    return VLLM_TASKS.includes(task) && VLLM_TAGS.some((tag) => tags.includes(tag));
  }
  return (
    (repo.fields.gguf as { context_length?: number } | undefined)?.context_length !== undefined
  );
}

function byApps(values: string[]): Predicate {
  const apps = values.flatMap((value) => value.split(','));
  return (repo) => apps.some((app) => runsOn(app, repo));
}

function byProvider(value: string): Predicate {
  const wanted = value.split(',');
  return ({ fields }) => {
    const mapping = (fields.inferenceProviderMapping ?? []) as { provider: string }[];
    return mapping.some(({ provider }) => value === 'all' || wanted.includes(provider));
  };
}

/** [unconfirmed] parameters, each switched on by an option of its own. */
function unconfirmed(query: URLSearchParams, options: HubOptions): Predicate[] {
  const on = options.listParameters ?? {};
  const value = (name: keyof typeof on): string | null => (on[name] ? query.get(name) : null);
  const tags = [value('language'), value('other')].filter((tag) => tag !== null);
  const license = value('license');
  const access = value('private');
  const ids = on.ids ? query.getAll('ids').flatMap((it) => it.split(',')) : [];
  return [
    ...(tags.length > 0 ? [byTags(tags)] : []),
    ...(license ? [byTags([`license:${license}`])] : []),
    ...(access ? [(repo: Repo) => String(repo.private) === access] : []),
    ...(ids.length > 0 ? [(repo: Repo) => ids.includes(repo.id)] : []),
  ];
}

/** `library` is deliberately not here: the Hub's JSON API ignores it. */
const FILTERS: Record<string, (value: string) => Predicate> = {
  search: (text) => (repo) => repo.id.toLowerCase().includes(text.toLowerCase()),
  author: (author) => (repo) => repo.fields.author === author,
  pipeline_tag: (task) => (repo) => repo.fields.pipeline_tag === task,
  gated: byGated,
  num_parameters: byParameters,
  inference_provider: byProvider,
  inference: (state) => (repo) => repo.fields.inference === state,
};

export function predicatesOf(query: URLSearchParams, options: HubOptions): Predicate[] {
  const made = unconfirmed(query, options);
  for (const [name, make] of Object.entries(FILTERS)) {
    const value = query.get(name);
    if (value) made.push(make(value));
  }
  if (query.has('filter')) made.push(byTags(query.getAll('filter')));
  if (query.has('apps')) made.push(byApps(query.getAll('apps')));
  return made;
}
