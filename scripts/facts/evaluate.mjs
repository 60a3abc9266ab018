#!/usr/bin/env node
// How far the tables of facts/ can be trusted: against the artefacts they were read from, and against themselves.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Command, Option } from 'commander';
import { isMain, main, root } from '../lib/run.mjs';
import { CACHE } from './artefacts.mjs';
import { edges } from './evaluation/edges.mjs';
import { forward } from './evaluation/forward.mjs';
import { heldOut, rates } from './evaluation/held-out.mjs';
import { listOf, supportLists } from './evaluation/lists.mjs';
import { difference, removed } from './evaluation/removed.mjs';
import { documentOf, table } from './evaluation/report.mjs';
import { reproduction } from './evaluation/reproduction.mjs';
import { verdicts } from './evaluation/verdicts.mjs';
import { save } from './save.mjs';
import { FACTS, readSources } from './sources.mjs';

const STEPS = [2, 3, 5];
const DISTANCES = [1, 2, 5, 10];
/** Of a list with fewer releases there is little to leave out. */
const ENOUGH = 5;

const command = new Command('facts:evaluate')
  .description(
    'Measures the tables of facts/; the artefacts are those that a refresh left in the cache.',
  )
  .option('--write', 'write facts/EVALUATION.md')
  .addOption(new Option('--facts <folder>').default(FACTS).hideHelp())
  .addOption(new Option('--cache <folder>').default(CACHE).hideHelp());

/** The parts of the document, in order, each a heading with text and a table. Verdicts are a part of their own. */
export async function evaluate({ facts, cache }) {
  const sources = await readSources([], facts);
  const lists = supportLists(sources, facts).filter(({ sets }) => sets.length >= ENOUGH);
  return [
    againstArtefacts(sources, facts, cache),
    againstNeighbours(lists),
    againstTheFuture(lists),
    againstOwnWord(sources, facts),
    acrossNamespaces(sources, facts),
    await byVerdicts(sources, facts),
  ];
}

/** The built package answers; the rules beside it are those that people have today. */
async function byVerdicts(sources, facts) {
  const heading = 'Verdicts, and the rules that people have today';
  const dist = join(root, 'dist/index.js');
  if (!existsSync(dist))
    return { heading, text: 'Not asked: `npm run build` comes first.', table: '' };
  const { checkModelCompatibility: check } = await import(pathToFileURL(dist).href);
  const found = verdicts({ sources, check, listOf: (source, name) => listOf(source, name, facts) });
  const rows = found.map(({ id, versions, names, asked, verdict, families, hub, hasHubRule }) => [
    id,
    versions,
    names,
    asked,
    percent(verdict / asked),
    percent(families / asked),
    hasHubRule ? percent(hub / asked) : '-',
  ]);
  const columns = ['runtime', 'releases', 'names', 'questions', 'hubfit', 'five families', 'Hub'];
  return {
    heading,
    text: 'Each name that any release lists, and each class of transformers that writes text, as a model without quantization: right is what the list of the release itself says. “Five families” is the rule of design document 003, “Hub” that of `@huggingface/tasks` (`local-apps`), for a model with the tags that the Hub would give it.',
    table: table(columns, rows),
  };
}

function againstArtefacts(sources, facts, cache) {
  const log = (what) => process.stderr.write(`reading ${what}\n`);
  const rows = sources.map((source) => {
    const { releases, compared, rows, differ } = reproduction(source, facts, { cache, log });
    const agreement =
      compared === 0 ? 'not cached' : differ.length === 0 ? '100 %' : differ.join(', ');
    return [source.id, `${compared} of ${releases}`, rows, agreement];
  });
  return {
    heading: 'Agreement with each runtime’s own lists',
    text: 'Every artefact of the lock file that the cache holds is read once more, and each table is expanded at its version: the same rows, or the table and version that differ.',
    table: table(['runtime', 'releases', 'rows compared', 'agreement'], rows),
  };
}

function againstNeighbours(lists) {
  const rows = lists.map((list) => {
    const cells = STEPS.flatMap((step) => {
      const counts = heldOut(list, step);
      const { precision, recall, open } = rates(counts);
      return [percent(precision), percent(recall), percent(open)];
    });
    return [list.id, list.name, list.sets.length, ...cells];
  });
  const columns = STEPS.flatMap((step) =>
    ['precision', 'recall', 'open'].map((what) => `${what}, 1 in ${step}`),
  );
  return {
    heading: 'Releases left out',
    text: 'Every so many releases one is left out and answered from its neighbours. Where they differ the answer is “unknown” (open); precision and recall are of the answers that were given. A wrong one is a name that came and went inside the gap.',
    table: table(['runtime', 'list', 'releases', ...columns], rows),
  };
}

function againstTheFuture(lists) {
  const rows = lists.map((list) => {
    const cells = DISTANCES.map((distance) => {
      if (list.sets.length <= distance) return '-';
      const { precision, recall } = forward(list, distance);
      return `${percent(precision)} / ${percent(recall)}`;
    });
    return [list.id, list.name, ...cells];
  });
  return {
    heading: 'Frozen at one release, asked about later ones',
    text: 'Precision / recall so many releases on, the mean over all releases: what a name that was listed is worth later, and how much of the later list is known. This is what certainty loses with distance.',
    table: table(['runtime', 'list', ...DISTANCES.map((distance) => `+${distance}`)], rows),
  };
}

function againstOwnWord(sources, facts) {
  const vllm = sources.find(({ id }) => id === 'vllm');
  const { versions, sets } = listOf(vllm, 'architectures', facts);
  const names = sets.map((set) => new Set([...set].map((row) => row.split('\t')[0])));
  const found = removed(listOf(vllm, 'removed', facts), { versions, sets: names });
  const of = (kind) => found.filter((one) => difference(one) === kind);
  const others = [...of('patch'), ...of('minor')];
  const rows = others.map((one) => [one.name, one.said, one.found, difference(one)]);
  return {
    heading: 'vLLM’s list of what it removed, and its own registry',
    text: `${found.length} classes can be compared: ${of('same').length} agree, ${of('patch').length} differ by a patch release, ${of('minor').length} by more. The registry of the package is what counts.`,
    table: table(['class', 'last version by the list', 'by the registry', 'difference'], rows),
  };
}

function acrossNamespaces(sources, facts) {
  const rows = edges(sources, facts).map(({ what, count, lost }) => [
    what,
    count,
    count - lost.length,
    lost.join(', ') || '-',
  ]);
  return {
    heading: 'From one namespace into another',
    text: 'At the newest release that was read: names that lead to a name of another list, and those that lead nowhere.',
    table: table(['from, to', 'names', 'arrive', 'lead nowhere'], rows),
  };
}

const percent = (share) => `${(100 * share).toFixed(share > 0.9995 && share < 1 ? 2 : 1)} %`;

if (isMain(import.meta.url)) {
  await main(async () => {
    command.parse();
    const options = command.opts();
    const text = documentOf(await evaluate(options));
    process.stdout.write(text);
    if (options.write) save(join(options.facts, 'EVALUATION.md'), text);
  });
}
