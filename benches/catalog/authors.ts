import type { Names } from './names.ts';
import { Random } from './random.ts';
import * as values from './values.ts';

/** Who publishes: their models are alike. */
export interface Author {
  name: string;
  /** Whether they quantize what others trained. */
  quantizer: boolean;
  family: string;
  task: string;
  library: string;
  license: string;
  language: string;
  /** How many times the usual downloads. */
  fame: number;
}

/** The author of a place, the first ones having the most models. The same place has the same author. */
export function authorAt(place: number, { authors, families }: Names): Author {
  const random = new Random(place * 2_654_435_761 + 11);
  const known = authors[place];
  return {
    name:
      known ?? `${random.of(authors).slice(0, 4 + random.below(9))}${invented(random, authors)}`,
    // A few of those with the most models do nothing else.
    quantizer: place < 60 && random.chance(0.3),
    family: random.zipf(families),
    task: random.zipf(values.TASKS),
    library: random.zipf(values.LIBRARIES),
    license: random.zipf(values.LICENSES),
    language: random.zipf(values.LANGUAGES),
    fame: known ? 30 : 0.2 + random.next(),
  };
}

function invented(random: Random, authors: readonly string[]): string {
  const share = random.next();
  if (share < 0.4) return String(random.below(10_000));
  return share < 0.7
    ? random.of(authors).slice(-5)
    : `-${random.of(values.ENDINGS)}${random.below(99)}`;
}
