import type { Command } from 'commander';
import color from 'picocolors';
import { HubfitError } from '../core/hubfit-error.ts';
import { listRuntimes } from '../facts/list-runtimes.ts';
import { runtimeSupport } from '../facts/runtime-support.ts';
import type { KnownRuntime, RuntimeSupport, SupportRow } from '../generated/facts.d.ts';
import { counted } from './in-words.ts';
import { cut, table } from './table.ts';

/** `hubfit runtimes`. */
export function addRuntimesCommand(program: Command): void {
  program
    .command('runtimes')
    .description(
      'show which runtimes are known, at which versions, and what their lists say of a name',
    )
    .argument('[runtime]', 'vllm, or vllm@0.33.0')
    .argument('[name]', 'exactly as lists have it: LlamaForCausalLM, qwen3, awq')
    .option('--json', 'JSON on standard output')
    .action(runRuntimes);
}

function runRuntimes(
  runtime: string | undefined,
  name: string | undefined,
  options: { json?: boolean },
): void {
  const { json, text } = find(runtime, name);
  process.stdout.write(`${options.json ? JSON.stringify(json, undefined, 2) : text}\n`);
}

function find(runtime?: string, name?: string): { json: unknown; text: string } {
  if (runtime === undefined) {
    const json = listRuntimes();
    return { json, text: allInText(json) };
  }
  const support = runtimeSupport({ runtime, name: name ?? '' });
  if (name !== undefined) return { json: support, text: supportInText(name, support) };
  const json = listRuntimes().find(({ id }) => id === support.runtime);
  if (!json) throw new HubfitError('internal', `${support.runtime} is known and not listed`);
  return { json, text: runtimeInText(json) };
}

function allInText(runtimes: KnownRuntime[]): string {
  const row = ({ id, title, confidence, releases, tables }: KnownRuntime): string[] => {
    const [first, newest] = [releases[0], releases.at(-1)];
    const rows = tables.reduce((sum, one) => sum + one.rows, 0);
    const versions = [first?.version ?? '–', newest?.version ?? '–', newest?.month ?? '–'];
    return [id, title, ...versions, counted(releases.length), counted(rows), confidence];
  };
  const head = ['runtime', 'name', 'from', 'to', 'built', 'read', 'rows', 'source'];
  return table(head, runtimes.map(row));
}

function runtimeInText({ title, aliases, scheme, releases, tables }: KnownRuntime): string {
  const versions = releases.map(({ version }) => version).join(' ');
  const lists = tables.map(({ name, rows, columns, source }) => {
    return [name, counted(rows), columns.join(', '), cut(source, 80)];
  });
  return [
    color.bold(title),
    ...(aliases.length > 0 ? [`also called ${aliases.join(', ')}`] : []),
    '',
    color.bold(`${counted(releases.length)} releases were read (${scheme})`),
    ...(versions ? [`  ${versions}`] : []),
    ...(lists.length > 0 ? ['', table(['list', 'rows', 'columns', 'source'], lists)] : []),
  ].join('\n');
}

function supportInText(name: string, support: RuntimeSupport): string {
  const { runtime, version, artefact, note, rows, near } = support;
  const lines = rows.map((row) => [row.table, row.cells.join('  '), words(row), interval(row)]);
  const hint = near.length > 0 ? `; near: ${near.join(', ')}` : '';
  const answer =
    lines.length > 0
      ? table(['list', 'row', `at ${version || 'any version'}`, 'versions'], lines)
      : `no list of ${runtime} has ${name}${hint}`;
  const sources = [...new Set(rows.map((row) => `${row.table}: ${row.source}`))];
  return [
    answer,
    ...(note ? ['', note] : []),
    ...(sources.length > 0 ? ['', ...(artefact ? [artefact] : []), ...sources] : []),
  ].join('\n');
}

const words = ({ status }: SupportRow): string => status.replace('_', ' ');

/** `0.9.2 to 0.20.0`; `~` where the change may have come earlier. */
function interval({ since, sinceBound, until, untilBound }: SupportRow): string {
  const bound = (version: string, kind: string | null): string =>
    kind === 'sampled' ? `~${version}` : version;
  if (since === null) return 'all';
  return until === null
    ? `since ${bound(since, sinceBound)}`
    : `${bound(since, sinceBound)} until ${bound(until, untilBound)}`;
}
