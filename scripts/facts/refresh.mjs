#!/usr/bin/env node
// Reads the runtimes' own lists out of their packages into facts/tables/. facts/README.md tells more.
import { Command, Option } from 'commander';
import { isMain, main, Stop } from '../lib/run.mjs';
import { writeAliases } from './aliases.mjs';
import { CACHE } from './artefacts.mjs';
import { refreshRuntime } from './runtime.mjs';
import { FACTS, readSources } from './sources.mjs';

const number = (text) => {
  if (/^[1-9]\d*$/.test(text)) return Number(text);
  throw new Stop(`--sample-versions: expected a number from 1, found "${text}"`);
};

const command = new Command('facts:refresh')
  .description(
    'Lists the releases of each runtime, reads those that are new, rewrites facts/tables and facts/locks.',
  )
  .argument('[runtime...]', 'runtimes of facts/sources.toml; all when none is named')
  .option('--only <runtime...>', 'the same')
  .option(
    '--sample-versions <count>',
    'of the releases not read yet, at most so many, evenly spread',
    number,
  )
  .option('--accept', 'write even where a list became much shorter')
  .option('--reread', 'read all releases of the lock files once more, and check their hashes')
  .addOption(new Option('--registry <folder>', 'a folder instead of the registries'))
  .addOption(new Option('--facts <folder>').default(FACTS).hideHelp())
  .addOption(new Option('--cache <folder>').default(CACHE).hideHelp());

/** Refreshes each runtime; one that fails does not stop the others, but the run. */
export async function refresh(runtimes, options) {
  const only = [...runtimes, ...(options.only ?? [])];
  const failures = [];
  for (const source of await readSources(only, options.facts)) {
    try {
      const lines = await refreshRuntime(source, options);
      process.stdout.write(`${lines.join('\n')}\n`);
    } catch (error) {
      if (!(error instanceof Stop)) throw error;
      failures.push(`${source.id}: ${error.message}`);
    }
  }
  writeAliases(options.facts);
  if (failures.length > 0) {
    const what =
      'not refreshed, and left as they were (a registry that cannot be reached looks like this too)';
    throw new Stop(`${failures.join('\n\n')}\n\n${failures.length} ${what}`);
  }
}

if (isMain(import.meta.url)) {
  await main(async () => {
    command.parse();
    await refresh(command.args, command.opts());
  });
}
