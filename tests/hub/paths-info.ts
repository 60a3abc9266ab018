// POST …/paths-info/{rev}: section 4.2 of the Hub's API contract.

import type { Found } from './access.ts';
import type { HubContext } from './context.ts';
import { badRequest } from './errors.ts';
import { fileOf, isDirectory } from './store.ts';
import { directoryRow, fileRow, type TreeOptions, type TreeRow } from './tree.ts';

const MOST_PATHS = 2000;

interface Asked {
  paths: string[];
  expand: boolean;
}

function asked(paths: unknown, expand: unknown): Asked | undefined {
  const list = [paths].flat();
  if (list.length > MOST_PATHS || list.some((path) => typeof path !== 'string')) return undefined;
  return { paths: list as string[], expand: /^(true|1)$/i.test(String(expand)) };
}

/** JSON from the JS client, a form from the Python one. */
async function readBody(request: Request): Promise<Asked | undefined> {
  const type = request.headers.get('Content-Type') ?? '';
  try {
    if (type.includes('json')) {
      const { paths, expand } = (await request.json()) as Record<string, unknown>;
      return asked(paths, expand);
    }
    const form = await request.formData();
    return asked(form.getAll('paths'), form.get('expand'));
  } catch {
    return undefined;
  }
}

/** A missing path has no row; the client has to notice by itself. */
function rowOf(found: Found, path: string, options: TreeOptions): TreeRow[] {
  const file = fileOf(found.repo, path);
  if (file) return [fileRow(found, file, options)];
  return isDirectory(found.repo, path) ? [directoryRow(found, path, options)] : [];
}

export async function pathsInfo(
  context: HubContext,
  found: Found,
  request: Request,
): Promise<Response> {
  const body = await readBody(request);
  if (!body) return badRequest('Invalid body: paths must be a string or at most 2000 strings');
  const options = { expand: body.expand, xet: context.options.xet ?? false };
  return Response.json(body.paths.flatMap((path) => rowOf(found, path, options)));
}
