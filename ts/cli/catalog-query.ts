import type { Command } from 'commander';
import color from 'picocolors';
import type { CatalogAnswer, CatalogFacet, CatalogHit } from '../catalog/catalog-answer.ts';
import type {
  CatalogQuery,
  FacetWanted,
  FitBudget,
  SortWanted,
  Where,
} from '../catalog/catalog-query.ts';
import { decodeCatalogQuery } from '../catalog/decode-catalog-query.ts';
import { fitBudget } from '../catalog/fit-budget.ts';
import { HubfitError } from '../core/hubfit-error.ts';
import { bytes, counted } from './in-words.ts';
import { openWhole } from './open-whole.ts';
import { cut, table } from './table.ts';
import { wholeNumber } from './worker-options.ts';

interface QueryOptions {
  where?: string;
  facet?: string[];
  sort?: string[];
  hardware?: string;
  gpu?: number;
  ram?: number;
  context?: number;
  group?: boolean;
  limit?: number;
  after?: string;
  json?: boolean;
}

/** `hubfit catalog query`. */
export function addCatalogQuery(catalog: Command): void {
  catalog
    .command('query')
    .description('search a snapshot: text, conditions, counts, what fits')
    .argument('<snapshot>', 'a folder, or the URL of one')
    .argument('[text]', 'words that the id or the tags have')
    .option(
      '--where <text>',
      `task=text-generation&parameters.max=8e9, or JSON: {"not":{"tags":"merge"}}`,
    )
    .option('--facet <field...>', 'count the values of these fields')
    .option('--sort <field...>', 'such as downloads, parameters:asc, fit')
    .option('--hardware <text>', 'what models are to fit: RTX 4090 + 64 GB RAM, M3 Max 64GB')
    .option('--gpu <GB>', 'memory of the GPUs that models are to fit into', gigabytes)
    .option('--ram <GB>', 'memory of the computer beside it', gigabytes)
    .option('--context <tokens>', 'tokens of context to fit', wholeNumber)
    .option('--group', 'quantized and fine-tuned models under their base model')
    .option('-n, --limit <count>', 'rows at most (default: 20)', wholeNumber)
    .option('--after <cursor>', 'go on where another answer ended')
    .option('--json', 'JSON on standard output')
    .action(runQuery);
}

function gigabytes(text: string): number {
  const count = Number(text);
  if (count >= 0) return Math.round(count * 1e9);
  throw new HubfitError('invalid_argument', `expected gigabytes, found "${text}"`);
}

async function runQuery(
  snapshot: string,
  text: string | undefined,
  options: QueryOptions,
): Promise<void> {
  const query = queryOf(text, options);
  const catalog = await openWhole(snapshot);
  const answer = catalog.query(query);
  const out = options.json ? JSON.stringify(answer, undefined, 2) : inText(answer, query);
  process.stdout.write(`${out}\n`);
}

function queryOf(text: string | undefined, options: QueryOptions): CatalogQuery {
  const { where, facet, sort, group, limit = 20, after } = options;
  const fit = budget(options);
  return {
    ...(text && { text }),
    ...(where && { where: conditions(where) }),
    ...(facet && { facets: facet as FacetWanted['field'][] }),
    ...(sort && { sort: sort.map(order) }),
    ...(fit && { fit }),
    ...(group && { group: 'base' as const }),
    page: { limit, ...(after && { after }) },
  };
}

/** The memory that models are to fit into, where any is named. */
function budget({ hardware, gpu, ram, context }: QueryOptions): FitBudget | undefined {
  const rest = context ? { context } : {};
  if (hardware !== undefined) return fitBudget(hardware, rest);
  if (gpu === undefined && ram === undefined) return undefined;
  return { gpu: gpu ?? 0, ...(ram !== undefined && { ram }), ...rest };
}

/** As in a link, or as JSON; what they mean is checked where they are used. */
function conditions(text: string): Where {
  if (!text.trimStart().startsWith('{')) return decodeCatalogQuery(text).where ?? unknown(text);
  try {
    return JSON.parse(text) as Where;
  } catch (cause) {
    throw new HubfitError('invalid_argument', `--where ${text}: expected JSON`, { cause });
  }
}

function unknown(text: string): never {
  const message = `--where: expected conditions such as task=text-generation, found "${text}"`;
  throw new HubfitError('invalid_argument', message);
}

function order(text: string): SortWanted {
  const [by = '', direction] = text.split(':');
  return {
    by: by as SortWanted['by'],
    ...(direction && { order: direction as 'asc' | 'desc' }),
  };
}

function inText(answer: CatalogAnswer, query: CatalogQuery): string {
  const parts = [hits(answer.rows, query), ...answer.facets.map(facetInText)];
  const meant = answer.correction ? `; did you mean ${answer.correction}?` : '';
  const next = answer.next ? `; more with --after ${answer.next}` : '';
  parts.push(color.dim(`${counted(answer.total)} found${meant}${next}`));
  return parts.filter((part) => part !== '').join('\n\n');
}

function hits(rows: readonly CatalogHit[], { fit, group }: CatalogQuery): string {
  if (rows.length === 0) return '';
  const head = ['model', 'family', 'params', 'size', 'downloads'];
  const more = [...(fit ? ['fit', 'needs'] : []), ...(group ? ['members', 'best'] : [])];
  return table(
    [...head, ...more],
    rows.map((row) => [
      cut(row.id, 60),
      cut(row.family ?? '–', 18),
      amount(row.parameters),
      bytes(row.recommendedSize ?? 0),
      counted(row.downloads),
      ...(fit ? [row.fit ?? '–', bytes(row.need ?? 0)] : []),
      ...(group ? [counted(row.members), cut(row.best ?? '–', 50)] : []),
    ]),
  );
}

/** `8.03B`, as people write parameters. */
function amount(count: number | undefined): string {
  if (!count) return '–';
  const step = Math.min(Math.max(Math.floor(Math.log10(count) / 3), 0), 4);
  return `${Number((count / 1000 ** step).toPrecision(3))}${['', 'K', 'M', 'B', 'T'][step]}`;
}

/** A facet as a table. */
export function facetInText(facet: CatalogFacet): string {
  if ('buckets' in facet) {
    const rows = facet.buckets.filter(({ count }) => count > 0);
    const range = (from: number, to: number): string => `${amount(from)} to ${amount(to)}`;
    const bars = rows.map(({ from, to, count }) => [range(from, to), counted(count)]);
    return table([facet.field, 'models'], [...bars, ...rest(0, facet.none)]);
  }
  const rows = facet.values.map(({ name, count }) => [cut(name, 40), counted(count)]);
  return table([facet.field, 'models'], [...rows, ...rest(facet.more, facet.none)]);
}

function rest(more: number, none: number): string[][] {
  return [
    ...(more > 0 ? [[color.dim(`${counted(more)} others`), '']] : []),
    ...(none > 0 ? [[color.dim('not known'), counted(none)]] : []),
  ];
}
