// How far estimates of memory in llama.cpp are off, part by part and architecture by architecture.
//   npm run memory:evaluate [-- --write] [-- --peer]
// --write puts the tables into benches/README.md, --peer installs node-llama-cpp and asks it too.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from '../build.mjs';
import { main, root } from '../lib/run.mjs';
import { head, off, row } from './statistics.mjs';

const PARTS = ['weights', 'repacked', 'kv', 'state', 'output', 'compute', 'total'];

async function evaluate() {
  if (!process.argv.includes('--no-build')) await build();
  const { compare, estimated, records } = await import('./truth.mjs');
  const { golden } = await import('./golden.mjs');
  const sections = [['Published figures', golden()]];
  const { webLlm } = await import('./web-llm.mjs');
  const published = webLlm();
  if (published) sections.push(['WebLLM’s own table', published]);
  else process.stdout.write('the table of WebLLM is absent\n\n');
  const all = records();
  if (all) {
    const compared = compare(all).map((one) => ({ ...one, ours: estimated(one.found) }));
    sections.unshift(['By part', byPart(compared)], ['By architecture', byArchitecture(compared)]);
    if (process.argv.includes('--peer')) {
      const { peer } = await import('./peer.mjs');
      sections.push(['Beside node-llama-cpp', await peer(compared)]);
    }
  } else {
    process.stdout.write('the measurements are absent: published figures alone\n\n');
  }
  const text = sections.map(([title, table]) => `### ${title}\n\n${table}`).join('\n\n');
  process.stdout.write(`${text}\n`);
  if (process.argv.includes('--write') && all) write(text);
}

function byPart(compared) {
  const rows = PARTS.map((part) => {
    const told = compared.filter(({ measured }) => measured[part] > 0);
    const held = told.filter((one) => holds(one, part)).length / Math.max(told.length, 1);
    const errors = told.map(({ ours, measured }) => off(ours[part], measured[part]));
    return row(part, errors, `${(held * 100).toFixed(1)} %`);
  });
  return [head('part', 'range holds'), ...rows].join('\n');
}

/** Whether the range holds what was measured; exact parts have none. */
function holds({ ours, found, measured }, part) {
  if (part === 'compute') return within(measured.compute, found.compute);
  return part === 'total' ? within(measured.total, found.range) : ours[part] === measured[part];
}

function within(bytes, { low, high }) {
  return low <= bytes && bytes <= high;
}

function byArchitecture(compared) {
  const groups = new Map();
  for (const one of compared) {
    const name = one.record.architecture;
    groups.set(name, [...(groups.get(name) ?? []), one]);
  }
  const rows = [...groups].sort().map(([name, group]) => {
    const errors = group.map(({ ours, measured }) => off(ours.compute, measured.compute));
    const total = group.map(({ ours, measured }) => Math.abs(off(ours.total, measured.total)));
    const worst = `${(Math.max(...total) * 100).toFixed(2)} %`;
    return row(name, errors, worst);
  });
  return [head('architecture: compute', 'total, most'), ...rows].join('\n');
}

function write(text) {
  const file = join(root, 'benches/README.md');
  const [before, , after] = readFileSync(file, 'utf8').split(/<!-- memory:(?:start|end) -->/);
  const marked = `<!-- memory:start -->\n\n${text}\n\n<!-- memory:end -->`;
  writeFileSync(file, `${before}${marked}${after}`);
}

await main(evaluate);
