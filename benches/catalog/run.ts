// The catalog against other engines: same rows, same questions, each engine in a fresh process.
// Run: npx tsx benches/catalog/run.ts [--rows 100000] [--engines hubfit,duckdb] [--hosts node,chromium] [--write]
import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { ENGINES } from './engines/index.ts';
import type { Measured } from './measure.ts';
import type { Prepared } from './prepare.ts';
import { type Results, type Run, writeTable } from './table.ts';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '100000' },
    engines: { type: 'string' },
    hosts: { type: 'string', default: 'node,chromium' },
    /** Seconds for all questions of an engine. */
    patience: { type: 'string', default: '30' },
    /** What all of it may take: engines whose turn does not come keep what was known of them. */
    minutes: { type: 'string', default: '12' },
    write: { type: 'boolean', default: false },
  },
});
const rows = Number(values.rows);
/** What an engine that failed has. */
const EMPTY: Measured = { title: '', load: 0, kinds: {}, checked: 0, wrong: [] };
const RESULTS = here('results.json');
/** What a run may take until it is given up. */
const LIMIT = 150_000;
const UNTIL = performance.now() + Number(values.minutes) * 60_000;

if (!existsSync(here('node_modules'))) {
  execFileSync('npm', ['install', '--no-audit', '--no-fund'], { cwd: here('.'), stdio: 'inherit' });
}
const folder = await prepare();
const prepared = JSON.parse(readFileSync(`${folder}/prepared.json`, 'utf8')) as Prepared;
const results: Results = existsSync(RESULTS)
  ? JSON.parse(readFileSync(RESULTS, 'utf8'))
  : { runs: [] };

for (const host of values.hosts.split(',')) {
  const run: Run = {
    host,
    rows,
    date: new Date().toISOString().slice(0, 10),
    machine: `${cpus()[0]?.model.trim()}, ${cpus().length} cores, Node ${process.versions.node}`,
    prepared,
    engines: {},
  };
  const names = values.engines?.split(',') ?? Object.keys(ENGINES);
  for (const name of names) {
    const left = Math.floor(Math.min(LIMIT, UNTIL - performance.now()));
    if (left < 10_000) {
      console.log(`${host} ${name}: no time left (--minutes)`);
      continue;
    }
    const load = loadavg()[0] ?? 0;
    const measured = await (host === 'node' ? inNode(name, left) : inChromium(name, left));
    if (!measured) continue;
    run.engines[name] = { ...measured, machineLoad: Math.max(load, loadavg()[0] ?? 0) };
    say(host, name, measured);
  }
  keep(run);
  if (values.write) {
    writeFileSync(RESULTS, `${JSON.stringify(results, null, 1)}\n`);
    writeTable(here('README.md'), results);
  }
}
/** Makes the rows' files and the right answers, unless they are there. */
async function prepare(): Promise<string> {
  const sources = readdirSync(here('.'))
    .filter((name) => name.endsWith('.ts'))
    .sort();
  const hash = createHash('sha256');
  for (const name of sources.filter(
    (each) => !/run|table|child|measure|page|chromium/.test(each),
  )) {
    hash.update(readFileSync(here(name)));
  }
  hash.update(readFileSync(here('../../pkg-web/catalog-base64.js')));
  const path = here(`../../.cache/catalog-bench/${rows}-${hash.digest('hex').slice(0, 12)}`);
  if (!existsSync(`${path}/prepared.json`)) {
    console.log(`making ${rows} rows, hubfit's files of them, and the right answers`);
    const made = await output(
      ['--import', 'tsx', here('prepare.ts'), String(rows), path],
      15 * 60_000,
    );
    if (!existsSync(`${path}/prepared.json`)) throw new Error(made);
  }
  return path;
}

async function inNode(name: string, limit: number): Promise<Measured | undefined> {
  if (name === 'hubfit-worker') return undefined;
  const peer = await ENGINES[name]?.();
  if (!peer)
    throw new Error(`--engines: no "${name}"; there are ${Object.keys(ENGINES).join(', ')}`);
  if (rows > (peer.most ?? rows)) return undefined;
  const given = [name, String(rows), folder, String(Number(values.patience) * 1000)];
  const flags = ['--expose-gc', '--max-old-space-size=8000', '--import', 'tsx'];
  const text = await output([...flags, here('child.ts'), ...given], limit);
  const last = text.trim().split('\n').at(-1) ?? '';
  try {
    return { ...EMPTY, title: peer.title, ...JSON.parse(last) };
  } catch {
    return {
      ...EMPTY,
      title: peer.title,
      failed: last.slice(0, 200) || `no answer in ${Math.round(limit / 1000)} s`,
    };
  }
}

async function inChromium(name: string, limit: number): Promise<Measured | undefined> {
  const peer = await ENGINES[name]?.();
  if (!peer?.inPage) return undefined;
  const { measureInPage } = await import('./chromium.ts');
  return measureInPage({
    name,
    rows,
    folder,
    patience: Number(values.patience) * 1000,
    limit,
  }).catch((error: Error) => ({
    ...EMPTY,
    title: peer.title,
    failed: error.message.slice(0, 200),
  }));
}

/** What a process says, errors among it. */
function output(args: string[], limit: number): Promise<string> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { timeout: limit, killSignal: 'SIGKILL' });
    let text = '';
    child.stdout.on('data', (part) => (text += part));
    child.stderr.on('data', (part) => (text += part));
    child.on('close', () => resolve(text));
  });
}

/** Engines that were measured anew replace what was known of them. */
function keep(run: Run): void {
  const known = results.runs.find((one) => one.host === run.host && one.rows === run.rows);
  if (known) Object.assign(known, run, { engines: { ...known.engines, ...run.engines } });
  else results.runs.push(run);
}

function say(
  host: string,
  name: string,
  { load, kinds, resident, wrong, failed, checked }: Measured,
): void {
  const times = Object.entries(kinds).map(
    ([kind, { p50, p95, runs }]) => `${kind} ${p50.toFixed(2)}/${p95.toFixed(2)} (${runs})`,
  );
  const memory = resident ? `, ${(resident / 1e6).toFixed(0)} MB` : '';
  console.log(
    `${host} ${name}: load ${load.toFixed(0)} ms${memory}; ${times.join(', ')}; ${checked} checked`,
  );
  for (const each of wrong) console.log(`  differs: ${each}`);
  if (failed) console.log(`  failed: ${failed}`);
}
