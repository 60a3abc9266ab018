// The page's tables, from the kept results.
import { readFileSync, writeFileSync } from 'node:fs';
import type { Measured } from './measure.ts';
import type { Prepared } from './prepare.ts';
import { KINDS } from './questions.ts';

/** All engines on one host with one number of rows. */
export interface Run {
  host: string;
  rows: number;
  date: string;
  machine: string;
  prepared: Prepared;
  engines: Record<string, Measured & { machineLoad: number }>;
}

/** What results.json holds. */
export interface Results {
  runs: Run[];
}

const [START, END] = ['<!-- results:start -->', '<!-- results:end -->'];

/** Puts the tables between the page's marks. */
export function writeTable(page: string, { runs }: Results): void {
  const text = readFileSync(page, 'utf8');
  const [before = '', rest = ''] = text.split(START);
  const after = rest.split(END)[1] ?? '';
  const order = [...runs].sort(
    (one, other) => one.host.localeCompare(other.host) * -1 || one.rows - other.rows,
  );
  writeFileSync(page, `${before}${START}\n\n${order.map(section).join('\n\n')}\n\n${END}${after}`);
}

function section(run: Run): string {
  const { host, rows, date, machine, prepared } = run;
  const kinds = KINDS.filter(({ kind }) =>
    Object.values(run.engines).some((each) => kind in each.kinds),
  );
  const head = [
    'engine',
    'opening, ms',
    'memory, MB',
    ...kinds.map(({ title }) => title),
    'machine load',
  ];
  const lines = [
    `### ${rows.toLocaleString('en')} rows, ${host === 'node' ? 'Node' : 'headless Chromium'}`,
    `${date}, ${machine}. Milliseconds: median / 95th percentile.`,
    `| ${head.join(' | ')} |\n|---|${'--:|'.repeat(head.length - 1)}`,
  ];
  if (rows === 1_000_000) lines[2] += `\n${aims(kinds)}`;
  for (const each of Object.values(run.engines)) lines[2] += `\n${engineLine(each, kinds)}`;
  return [...lines, ratios(run, kinds), snapshot(prepared), firstTypos(run), differences(run)]
    .filter(Boolean)
    .join('\n\n');
}

type Kinds = readonly { kind: string; aim: number | null }[];

function aims(kinds: Kinds): string {
  return `| *aim* | 600 | 150 | ${kinds.map(({ aim }) => aim ?? '').join(' | ')} | |`;
}

function engineLine(each: Run['engines'][string], kinds: Kinds): string {
  const { title, load, resident, failed, machineLoad } = each;
  if (failed) return `| ${title} | failed: ${failed.replace(/[|\n]/g, ' ')} |`;
  const times = kinds.map(({ kind }) => {
    const timing = each.kinds[kind];
    return timing ? `${digits(timing.p50)} / ${digits(timing.p95)}` : '–';
  });
  const memory = resident === undefined ? '–' : (resident / 1e6).toFixed(0);
  return `| ${[title, load.toFixed(0), memory, ...times, machineLoad.toFixed(1)].join(' | ')} |`;
}

function digits(time: number): string {
  return time < 10 ? time.toFixed(2) : time < 100 ? time.toFixed(1) : time.toFixed(0);
}

/** How many times hubfit's median others take, over the kinds of questions that both answer. */
function ratios({ engines }: Run, kinds: Kinds): string {
  const own = engines.hubfit;
  if (!own || own.failed) return '';
  const lines = Object.values(engines).flatMap((each) => {
    if (each === own || each.failed) return [];
    const times = kinds.map(({ kind }) => {
      const [theirs, ours] = [each.kinds[kind]?.p50, own.kinds[kind]?.p50];
      return theirs && ours ? (theirs / ours).toFixed(1) : '–';
    });
    return [`| ${each.title} | ${times.join(' | ')} |`];
  });
  if (lines.length === 0) return '';
  const titles = KINDS.filter(({ kind }) => kinds.some((own) => own.kind === kind)).map(
    ({ title }) => title,
  );
  const head = `| times hubfit's median | ${titles.join(' | ')} |\n|---|${'--:|'.repeat(titles.length)}`;
  return [head, ...lines].join('\n');
}

function snapshot({ rows, raw, gzip, brotli, making, build, moreNames }: Prepared): string {
  const per = (bytes: number): string => `${(bytes / rows).toFixed(1)}`;
  const names = moreNames ? 'sample and larger lists' : 'sample';
  return `hubfit's files: ${per(raw)} bytes a row, ${per(gzip)} by gzip, ${per(brotli)} by Brotli 11 (aim: 20); made in ${(build / 1000).toFixed(1)} s, of which the rows take ${(making / 1000).toFixed(1)} s. Names from: ${names}.`;
}

/** What engines make when somebody mistypes for the first time is not in the table. */
function firstTypos({ engines }: Run): string {
  const own = Object.values(engines).filter(({ firstTypo }) => firstTypo !== undefined);
  const times = own.map(({ title, firstTypo = 0 }) => `${title} ${digits(firstTypo)} ms`);
  return times.length === 0 ? '' : `The very first search with a typo: ${times.join(', ')}.`;
}

function differences({ engines }: Run): string {
  const lines = Object.values(engines).map(({ title, checked, wrong, failed }) => {
    if (failed) return undefined;
    if (wrong.length === 0) return `${title}: ${checked} answers equal the plain loop's.`;
    return `${title}: of ${checked} answers some differ, as ${wrong[0]?.replace(/\|/g, '\\|')}.`;
  });
  return lines
    .filter(Boolean)
    .map((line) => `- ${line}`)
    .join('\n');
}
