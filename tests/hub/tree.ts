// GET …/tree/{rev}[/{path}] and …/treesize: sections 4.1 and 4.2 of the Hub's API contract.

import type { Found } from './access.ts';
import { digest } from './bytes.ts';
import type { HubContext } from './context.ts';
import { entryNotFound, refuse } from './errors.ts';
import { BadQuery } from './filters.ts';
import { fileOf, isDirectory } from './store.ts';
import type { Repo, RepoFile, Target } from './types.ts';

const PAGE = 1000;
const EXPANDED_PAGE = 100;

export interface TreeRow {
  type: 'file' | 'directory';
  oid: string;
  size: number;
  path: string;
  [more: string]: unknown;
}

export interface TreeOptions {
  expand: boolean;
  xet: boolean;
}

/** What `expand` adds; for large folders that is expensive on the Hub, so its pages are small. */
function expansion(repo: Repo, commit: string, file: boolean): Record<string, unknown> {
  return {
    lastCommit: { id: commit, title: 'Upload files', date: repo.lastModified },
    ...(file && {
      securityFileStatus: {
        status: 'safe',
        avScan: { status: 'safe' },
        pickleImportScan: { status: 'unscanned' },
      },
    }),
  };
}

/** `lfs.oid` is the sha256 that siblings call `lfs.sha256`; `oid` is the pointer's git hash. */
export function fileRow(found: Found, file: RepoFile, { expand, xet }: TreeOptions): TreeRow {
  const { path, size, lfs } = file;
  const large = (): object => ({ oid: file.sha256(), size, pointerSize: file.pointer().length });
  return {
    type: 'file',
    oid: file.oid(),
    size,
    path,
    ...(lfs && { lfs: large() }),
    ...(lfs && xet && { xetHash: file.xetHash() }),
    ...(expand && expansion(found.repo, found.commit, true)),
  };
}

export function directoryRow(found: Found, path: string, { expand }: TreeOptions): TreeRow {
  return {
    type: 'directory',
    oid: digest('sha1', `tree ${found.repo.id}/${path}`),
    size: 0,
    path,
    ...(expand && expansion(found.repo, found.commit, false)),
  };
}

/** Paths below a folder, parents before their content; only direct children unless recursive. */
function pathsBelow(repo: Repo, folder: string, recursive: boolean): string[] {
  const prefix = folder === '' ? '' : `${folder}/`;
  const paths = new Set<string>();
  for (const { path } of repo.files) {
    if (!path.startsWith(prefix)) continue;
    const parts = path.slice(prefix.length).split('/');
    const depth = recursive ? parts.length : 1;
    for (let n = 1; n <= depth; n += 1) paths.add(prefix + parts.slice(0, n).join('/'));
  }
  return [...paths].sort();
}

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const unbase64 = (text: string): string => Buffer.from(text, 'base64').toString('utf8');

function writeCursor(path: string, commit: string, limit: number): string {
  const inner = base64(JSON.stringify({ file_name: path, tree_oid: commit }));
  return base64(`${inner}:${limit}`);
}

function readCursor(cursor: string): string | undefined {
  try {
    const [inner = ''] = unbase64(cursor).split(':');
    const { file_name: name } = JSON.parse(unbase64(inner));
    return typeof name === 'string' ? name : undefined;
  } catch {
    return undefined;
  }
}

function isOn(query: URLSearchParams, name: string): boolean {
  return /^(true|1)$/i.test(query.get(name) ?? '');
}

/** A page size, or undefined when `limit` is not a positive whole number. */
function pageSize(context: HubContext, query: URLSearchParams): number | undefined {
  const expanded = context.options.expandedTreePage ?? EXPANDED_PAGE;
  const most = isOn(query, 'expand') ? expanded : PAGE;
  const text = query.get('limit');
  if (text === null) return most;
  return /^[1-9]\d*$/.test(text) ? Math.min(Number(text), most) : undefined;
}

function rowFor(found: Found, path: string, options: TreeOptions): TreeRow {
  const file = fileOf(found.repo, path);
  return file ? fileRow(found, file, options) : directoryRow(found, path, options);
}

function nextLink(url: URL, origin: string, cursor: string): string {
  const query = new URLSearchParams(url.searchParams);
  query.set('cursor', cursor);
  return `<${origin}${url.pathname}?${query}>; rel="next"`;
}

interface Page {
  limit: number;
  /** The last path of the page before. */
  after: string;
}

function pageOf(context: HubContext, query: URLSearchParams): Page {
  const limit = pageSize(context, query);
  const cursor = query.get('cursor');
  const after = cursor === null ? '' : readCursor(cursor);
  if (limit === undefined) throw new BadQuery('Invalid limit');
  if (after === undefined) throw new BadQuery('Invalid cursor');
  return { limit, after };
}

/** A file is not a folder: asking for its tree is EntryNotFound. */
export function tree(
  context: HubContext,
  target: Target,
  found: Found,
  url: URL,
  origin: string,
): Response {
  const query = url.searchParams;
  const folder = target.path ?? '';
  if (folder && !isDirectory(found.repo, folder))
    return refuse(target, entryNotFound(found.commit));
  const { limit, after } = pageOf(context, query);
  const rest = pathsBelow(found.repo, folder, isOn(query, 'recursive')).filter((it) => it > after);
  const page = rest.slice(0, limit);
  const options = { expand: isOn(query, 'expand'), xet: context.options.xet ?? false };
  const headers = new Headers({ 'X-Repo-Commit': found.commit });
  if (rest.length > limit) {
    headers.set('Link', nextLink(url, origin, writeCursor(page.at(-1) ?? '', found.commit, limit)));
  }
  return Response.json(
    page.map((path) => rowFor(found, path, options)),
    { headers },
  );
}

/** Bytes of everything below a path, LFS content at its true size. */
export function treeSize(target: Target, found: Found): Response {
  const path = target.path ?? '';
  const inside = found.repo.files.filter(
    (file) => path === '' || file.path === path || file.path.startsWith(`${path}/`),
  );
  if (inside.length === 0) return refuse(target, entryNotFound(found.commit));
  return Response.json({ path, size: inside.reduce((sum, { size }) => sum + size, 0) });
}
