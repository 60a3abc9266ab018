// What `npm run facts:evaluate` measures, on small lists and on those of facts/.
import { describe, expect, test } from 'vitest';
import { script } from './facts-scripts.ts';

type List = { versions: string[]; sets: Set<string>[] };
type Counts = {
  releases: number;
  right: number;
  wrong: number;
  missed: number;
  unknown: number;
  surprises: string[];
};
type Rates = { precision: number; recall: number; open: number };
type Named = List & { id: string; name: string };
type Edge = { what: string; count: number; lost: string[] };

const { heldOut, rates } = await script<{
  heldOut: (list: { sets: Set<string>[] }, step: number) => Counts;
  rates: (counts: Counts) => Rates;
}>('evaluation/held-out');
const { forward } = await script<{
  forward: (
    list: { sets: Set<string>[] },
    distance: number,
  ) => { pairs: number } & Omit<Rates, 'open'>;
}>('evaluation/forward');
const { removed, difference } = await script<{
  removed: (list: List, registry: List) => { name: string; said: string; found: string }[];
  difference: (one: { said: string; found: string }) => string;
}>('evaluation/removed');
const { edges } = await script<{ edges: (sources: unknown[], facts: string) => Edge[] }>(
  'evaluation/edges',
);
const { supportLists } = await script<{
  supportLists: (sources: unknown[], facts: string) => Named[];
}>('evaluation/lists');
const { FACTS, readSources } = await script<{
  FACTS: string;
  readSources: (only: string[]) => Promise<unknown[]>;
}>('sources');

const sets = (...texts: string[]) => texts.map((text) => new Set(text));

describe('a release that is left out', () => {
  test('is known where its neighbours agree', () => {
    const counts = heldOut({ sets: sets('ab', 'ab', 'abc') }, 1);
    expect(counts).toMatchObject({ releases: 1, right: 2, wrong: 0, missed: 0, unknown: 1 });
    expect(rates(counts)).toEqual({ precision: 1, recall: 1, open: 1 / 3 });
  });

  test('is wrong about what came and went inside the gap', () => {
    const counts = heldOut({ sets: sets('ab', 'ax', 'ab') }, 1);
    expect(counts).toMatchObject({ right: 1, wrong: 1, missed: 1, surprises: ['b', 'x'] });
    expect(rates(counts)).toEqual({ precision: 0.5, recall: 0.5, open: 0 });
  });
});

test('facts that are frozen lose what goes and miss what comes', () => {
  const list = { sets: sets('ab', 'abcd', 'acd') };
  expect(forward(list, 1)).toEqual({
    pairs: 2,
    precision: (1 + 3 / 4) / 2,
    recall: (1 / 2 + 1) / 2,
  });
  expect(forward(list, 2)).toEqual({ pairs: 1, precision: 1 / 2, recall: 1 / 3 });
});

test('a list of what was removed is compared where the registry had it and has it no more', () => {
  const list = {
    versions: ['3.0.0'],
    sets: [new Set(['Gone\t1.0.0', 'Back\t1.0.0', 'Older\t0.1.0'])],
  };
  const registry = {
    versions: ['1.0.0', '1.0.1', '3.0.0'],
    sets: [new Set(['Gone', 'Back']), new Set(['Gone']), new Set(['Back'])],
  };
  expect(removed(list, registry)).toEqual([{ name: 'Gone', said: '1.0.0', found: '1.0.1' }]);
  expect(difference({ said: '1.0.0', found: '1.0.1' })).toBe('patch');
  expect(difference({ said: '1.0.0', found: '1.1.0' })).toBe('minor');
  expect(difference({ said: '1.0.0', found: '1.0.0' })).toBe('same');
});

describe('the facts', async () => {
  const sources = await readSources([]);
  const lists = supportLists(sources, FACTS).filter((list) => list.sets.length >= 5);

  test.each(lists.map((list) => [list.id, list.name, list] as const))(
    'answer for a release of %s that was not read: %s',
    (_id, _name, list) => {
      const { precision, recall } = rates(heldOut(list, 3));
      expect(precision).toBeGreaterThan(0.995);
      expect(recall).toBeGreaterThan(0.995);
    },
  );

  test('keep for the next release what they say is there', () => {
    for (const list of lists) expect(forward(list, 1).precision, list.id).toBeGreaterThan(0.97);
  });

  test('lead from one namespace into another', () => {
    const all = edges(sources, FACTS);
    expect(all.map(({ count }) => count > 5)).toEqual(all.map(() => true));
    // Its code comes with the model.
    const expected = ['NanbeigeForCausalLM transformers-supported'];
    expect(all.flatMap(({ lost }) => lost)).toEqual(expected);
  });
});
