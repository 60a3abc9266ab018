// Feeds readers with bytes that libFuzzer makes up: `npm run fuzz`, `npm run fuzz -- gguf 600`.
// Without a target all of them run, one after the other; `--write` puts the results into fuzz/README.md.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { main, root, run, Stop, step } from './lib/run.mjs';

/** What 0.13 builds, 0.14 may build otherwise. */
const CARGO_FUZZ = '0.13.2';
const TOOL = join(root, '.tools', `cargo-fuzz-${CARGO_FUZZ}`);

/** Seconds for each target where none are given. */
const SECONDS = 60;

const LIMITS = [
  // Bytes of an input: more only makes them slow.
  '-max_len=16384',
  // Of the whole process, most of it the corpus; what a reader takes is counted by fuzz/src/memory.rs.
  '-rss_limit_mb=2048',
  // Seconds of one input.
  '-timeout=10',
];

/** The toolchain is a stable one: coverage is asked of it as of a nightly, sanitizers have nothing to find in safe code. */
const BUILD = { env: { RUSTC_BOOTSTRAP: '1' } };
const BUILT = 'fuzz/target/x86_64-unknown-linux-gnu/release';

/** Where the table of results starts in fuzz/README.md. */
const RESULTS = '## Results';

async function fuzz() {
  const given = process.argv.slice(2);
  const words = given.filter((word) => word !== '--write');
  const seconds = Number(words.find((word) => /^\d+$/.test(word)) ?? SECONDS);
  const wanted = words.filter((word) => !/^\d+$/.test(word));
  const targets = choose(wanted);
  await tool();
  const rows = [];
  for (const target of targets) rows.push(await runTarget(target, seconds));
  for (const row of rows) process.stdout.write(`${line(row)}\n`);
  if (given.includes('--write')) write(rows);
  if (rows.some((row) => row.findings.length > 0)) process.exitCode = 1;
}

function choose(wanted) {
  const all = readdirSync(join(root, 'fuzz/fuzz_targets')).map((file) => file.replace('.rs', ''));
  const unknown = wanted.filter((name) => !all.includes(name));
  if (unknown.length > 0)
    throw new Stop(`no target ${unknown.join(', ')}; there are ${all.join(', ')}`);
  return wanted.length > 0 ? wanted : all;
}

async function tool() {
  if (existsSync(join(TOOL, 'bin/cargo-fuzz'))) return;
  const args = ['install', 'cargo-fuzz', '--version', CARGO_FUZZ, '--root', TOOL];
  await step(`building cargo-fuzz ${CARGO_FUZZ} (once, half a minute)`, () => run('cargo', args));
}

async function runTarget(target, seconds) {
  const env = { ...BUILD.env, PATH: `${join(TOOL, 'bin')}:${process.env.PATH}` };
  const build = ['fuzz', 'build', '--sanitizer', 'none', target];
  await step(`building ${target}`, () => run('cargo', build, { env }));
  // What is new goes to the first folder, the seeds stay as they are.
  const [found, artifacts] = ['found', 'artifacts'].map((name) => `fuzz/${name}/${target}/`);
  for (const folder of [found, artifacts]) mkdirSync(join(root, folder), { recursive: true });
  const before = readdirSync(join(root, artifacts));
  const output = await step(`feeding ${target} for ${seconds} s`, () =>
    run('nice', [
      '-n',
      '10',
      `${BUILT}/${target}`,
      ...LIMITS,
      `-max_total_time=${seconds}`,
      '-print_final_stats=1',
      `-artifact_prefix=${artifacts}`,
      found,
      `fuzz/corpus/${target}`,
    ]).catch((error) => error.output ?? Promise.reject(error)),
  );
  const findings = readdirSync(join(root, artifacts)).filter((name) => !before.includes(name));
  if (findings.length > 0) process.stderr.write(`${output.slice(-4000)}\n`);
  return { target, findings, ...stats(output) };
}

/** What libFuzzer says at the end. */
function stats(output) {
  const last = (pattern) => Number([...output.matchAll(pattern)].at(-1)?.[1] ?? Number.NaN);
  return {
    executions: last(/number_of_executed_units:\s*(\d+)/g),
    perSecond: last(/average_exec_per_sec:\s*(\d+)/g),
    edges: last(/ cov: (\d+)/g),
    features: last(/ ft: (\d+)/g),
    inputs: last(/ corp: (\d+)/g),
    peak: last(/peak_rss_mb:\s*(\d+)/g),
  };
}

function line({ target, executions, perSecond, edges, features, inputs, peak, findings }) {
  const minutes = Math.round(executions / perSecond / 60);
  const numbers = [executions, perSecond, edges, features, inputs, peak];
  const cells = [target, minutes, ...numbers, findings.length].map((cell) =>
    typeof cell === 'number' ? cell.toLocaleString('en') : cell,
  );
  return `| ${cells.join(' | ')} |`;
}

/** Replaces the targets' rows in the table of results, with which the page ends, or adds them. */
function write(rows) {
  const file = join(root, 'fuzz/README.md');
  const page = readFileSync(file, 'utf8');
  // Targets are named in the table of findings, too.
  const start = page.indexOf(RESULTS);
  if (start < 0) throw new Stop(`fuzz/README.md: expected a section "${RESULTS}"`);
  let results = page.slice(start);
  for (const row of rows) {
    const old = new RegExp(`^\\| ${row.target} \\|.*\\n`, 'm');
    const now = `${line(row)}\n`;
    results = old.test(results) ? results.replace(old, () => now) : results + now;
  }
  writeFileSync(file, page.slice(0, start) + results);
}

await main(fuzz);
