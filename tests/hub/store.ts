// All repositories of one local Hub: lookup by id, former ids, revisions and family relations.

import { digest } from './bytes.ts';
import { keyOf, type RowSettings, repoOfExtra, repoOfRow } from './rows.ts';
import type { ExtraRepo, Repo, RepoFile, SampleModel } from './types.ts';

/** Ids without a namespace that the Hub still redirects; used when the target is among the rows. */
const LEGACY_IDS: Record<string, string> = {
  gpt2: 'openai-community/gpt2',
  'bert-base-uncased': 'google-bert/bert-base-uncased',
  'distilbert-base-uncased': 'distilbert/distilbert-base-uncased',
  'roberta-base': 'FacebookAI/roberta-base',
  'xlm-roberta-base': 'FacebookAI/xlm-roberta-base',
  't5-small': 'google-t5/t5-small',
};

export interface StoreOptions extends RowSettings {
  rows: SampleModel[];
  extraRepos?: ExtraRepo[];
  renamed?: Record<string, string>;
}

export class Store {
  readonly repos: Repo[];
  readonly #byId = new Map<string, Repo>();
  readonly #former = new Map<string, string>();

  constructor({ rows, extraRepos = [], renamed = {}, ...settings }: StoreOptions) {
    const extra = extraRepos.map((repo) => repoOfExtra(repo, settings));
    const replaced = new Set(extra.map(({ id }) => id));
    const fromRows = rows.filter(({ id }) => !replaced.has(id));
    this.repos = [...fromRows.map((row) => repoOfRow(row, settings)), ...extra];
    for (const repo of this.repos) this.#byId.set(repo.id, repo);
    this.#nameFormerIds(renamed);
  }

  #nameFormerIds(renamed: Record<string, string>): void {
    for (const repo of this.repos) {
      this.#former.set(repo.id.toLowerCase(), repo.id);
      for (const id of repo.formerIds) this.#former.set(id.toLowerCase(), repo.id);
    }
    for (const [from, to] of Object.entries({ ...LEGACY_IDS, ...renamed })) {
      if (this.#byId.has(to)) this.#former.set(from.toLowerCase(), to);
    }
  }

  find(id: string): Repo | undefined {
    return this.#byId.get(id);
  }

  /** Where a legacy, wrong-case or renamed id leads to. */
  currentIdOf(id: string): string | undefined {
    return this.#byId.has(id) ? undefined : this.#former.get(id.toLowerCase());
  }

  push(id: string): void {
    const repo = this.find(id);
    if (!repo) throw new Error(`no repository ${id}`);
    repo.revisions[`before-${repo.sha}`] = repo.sha;
    repo.sha = digest('sha1', `after ${repo.sha}`);
    repo.revisions.main = repo.sha;
    repo.fields.sha = repo.sha;
  }

  baseModelsOf(repo: Repo): Record<string, unknown> | undefined {
    const tag = (repo.fields.tags as string[]).find((it) => /^base_model:[a-z]+:/.test(it));
    const [, relation, id] = tag?.match(/^base_model:([a-z]+):(.+)$/) ?? [];
    return relation && id ? { relation, models: [{ _id: keyOf(id), id }] } : undefined;
  }

  childrenOf(repo: Repo): Record<string, number> {
    const count = (relation: string): number => {
      const tag = `base_model:${relation}:${repo.id}`;
      return this.repos.filter(({ fields }) => (fields.tags as string[]).includes(tag)).length;
    };
    const relations = ['adapter', 'merge', 'quantized', 'finetune'];
    return Object.fromEntries(relations.map((relation) => [relation, count(relation)]));
  }
}

/** The commit of a revision: HEAD, a name, or a commit of at least 7 digits. */
export function commitOf(repo: Repo, rev: string): string | undefined {
  if (rev === 'HEAD') return repo.sha;
  if (Object.hasOwn(repo.revisions, rev)) return repo.revisions[rev];
  if (!/^[0-9a-f]{7,40}$/.test(rev)) return undefined;
  return Object.values(repo.revisions).find((sha) => sha.startsWith(rev));
}

export function fileOf(repo: Repo, path: string): RepoFile | undefined {
  return repo.files.find((file) => file.path === path);
}

export function isDirectory(repo: Repo, path: string): boolean {
  return repo.files.some((file) => file.path.startsWith(`${path}/`));
}
