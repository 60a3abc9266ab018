// facts/sources.toml: which runtimes there are and where their lists are read.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'smol-toml';
import { root, Stop } from '../lib/run.mjs';

export const FACTS = join(root, 'facts');

/** The sources with their readers, in the file's order; those named, or all that are read from a registry. */
export async function readSources(only, facts = FACTS) {
  const all = parse(readFileSync(join(facts, 'sources.toml'), 'utf8'));
  const unknown = only.filter((id) => !all[id]);
  if (unknown.length > 0) {
    throw new Stop(
      `unknown runtime ${unknown.join(', ')}: expected ${Object.keys(all).join(', ')}`,
    );
  }
  const chosen = Object.entries(all).filter(([id, { packages }]) =>
    only.length > 0 ? only.includes(id) : packages !== undefined,
  );
  return Promise.all(chosen.map(([id, source]) => withReader(id, source)));
}

async function withReader(id, source) {
  if (!source.packages)
    throw new Stop(`${id} has no package to read: its facts are in facts/written/`);
  const reader = await import(`./readers/${source.reader}.mjs`);
  return { ...source, id, reader, versionInside: reader.version !== undefined };
}
