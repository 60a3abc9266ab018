// Rows that leave out what rows of the Hub leave out, and repeat what those repeat: half of the models have no config, a third no
// licence; what is made from a model has its sizes, languages and tags; authors upload in bursts.
import type { CatalogRow } from '../../../ts/catalog/catalog-row.ts';
import { rounded } from '../../../ts/catalog/rounded.ts';
import { authorAt } from '../authors.ts';
import type { Base, Names } from '../names.ts';
import { Random } from '../random.ts';
import { UniqueIds } from '../unique-ids.ts';
import * as values from '../values.ts';

const [DAY, HOUR] = [86_400, 3600];
/** 2022-03-02 is what the Hub says of all that is older. */
const [FIRST, LAST] = [1_646_179_200, 1_795_000_000];

/** What an author made last. */
interface Habit {
  name: string;
  base: Known;
  library: string;
  task: string;
  /** How many times the usual downloads. */
  fame: number;
  time: number;
  tag: string;
}

/** A model that others are made from, and what they have of it. */
interface Known extends Base {
  languages: string[];
  tags: string[];
}

/** So many rows, always the same ones. */
export function* lifelikeRows(rows: number, names: Names): Generator<CatalogRow> {
  const maker = new Maker(rows, names, new Random(42));
  for (let made = 0; made < rows; made += 1) yield maker.next();
}

class Maker {
  readonly #names: Names;
  readonly #random: Random;
  readonly #ids: UniqueIds;
  readonly #authors: number;
  readonly #habits = new Map<number, Habit>();
  readonly #bases: Known[];
  readonly #rareTags: string[];

  constructor(rows: number, names: Names, random: Random) {
    this.#names = names;
    this.#random = random;
    this.#ids = new UniqueIds(rows);
    this.#authors = Math.max(50, Math.floor(rows * 0.3));
    const word = (): string => random.of(names.words).toLowerCase();
    this.#rareTags = Array.from({ length: rows / 20 + 1 }, () =>
      random.chance(0.5) ? word() : `${word()}-${word()}`,
    );
    this.#bases = names.bases.map((base) => this.#known(base));
    // One model in twelve is one that others are made from.
    for (let made = this.#bases.length; made < rows / 12; made += 1) {
      const like = random.zipf(names.bases);
      const author = authorAt(Math.floor(this.#authors ** random.next()), names).name;
      const parameters = Math.round(like.parameters * (1 + 0.03 * random.normal()));
      this.#bases.push(
        this.#known({ ...like, id: `${author}/${this.#name(like.id)}`, parameters }),
      );
    }
  }

  #known(base: Base): Known {
    const random = this.#random;
    const several = (most: number, list: readonly string[]): string[] => [
      ...new Set(Array.from({ length: 1 + random.below(most) }, () => random.zipf(list))),
    ];
    return {
      ...base,
      parameters: base.parameters || Math.round(random.logNormal(1e9, 1.5)),
      languages: several(random.chance(0.85) ? 1 : 12, values.LANGUAGES).sort(),
      tags: several(5, values.TAGS).sort(),
    };
  }

  next(): CatalogRow {
    const random = this.#random;
    const habit = this.#habit();
    const derived = random.chance(0.42);
    const shape = derived ? habit.base : random.zipf(this.#bases);
    const id = this.#id(habit.name, derived ? habit.base.id : random.zipf(this.#names.bases).id);
    const library = random.chance(0.9) ? habit.library : random.zipf(values.LIBRARIES);
    const config = random.chance(0.6);
    return told({
      id,
      ...(derived && { base: shape.id, relation: this.#relation(library) }),
      ...(config && { family: shape.family, context: shape.context }),
      ...(random.chance(0.6) && { task: derived ? shape.task : habit.task }),
      ...(random.chance(0.75) && { library }),
      ...(random.chance(0.5) && { license: shape.license || random.zipf(values.LICENSES) }),
      ...(random.chance(0.03) && { gated: random.of(['auto', 'manual']) }),
      ...(random.chance(0.22) && { languages: shape.languages }),
      ...this.#tags(config ? shape : undefined, habit),
      ...(random.chance(0.8) && this.#files({ library, config, shape, derived })),
      ...this.#seen(habit),
    });
  }

  #habit(): Habit {
    const random = this.#random;
    const place = Math.floor(
      this.#authors ** (random.chance(0.75) ? random.next() ** 0.6 : 1) * random.next(),
    );
    const time = FIRST + (LAST - FIRST) * random.next() ** 0.55;
    const { name, library, task, fame } = authorAt(place, this.#names);
    const fresh = (): Habit => ({
      ...{ name, library, task, fame, time },
      base: random.zipf(this.#bases),
      tag: random.zipf(this.#rareTags),
    });
    const habit = this.#habits.get(place) ?? fresh();
    this.#habits.set(place, habit);
    if (random.chance(0.25)) habit.base = random.zipf(this.#bases);
    const soon = Math.min(LAST, habit.time + random.next() ** 6 * 2e6);
    habit.time = random.chance(0.3) ? time : soon;
    return habit;
  }

  #id(author: string, like: string): string {
    for (let tries = 0; ; tries += 1) {
      const more = tries > 4 ? `-${this.#random.below(1e6)}` : '';
      const id = `${author}/${this.#name(like)}${more}`;
      if (this.#ids.add(id)) return id;
    }
  }

  /** A name like that of another model: mostly with another word in it, or more behind it. */
  #name(like: string): string {
    const random = this.#random;
    const words = like.slice(like.indexOf('/') + 1).split(/(?<=[-_.])/);
    if (random.chance(0.6)) words[random.below(words.length)] = `${random.of(this.#names.words)}-`;
    let name = words.join('').replace(/[-_.]+$/, '');
    if (random.chance(0.45)) name += random.of(['-', '_']) + random.zipf(this.#names.words);
    if (random.chance(0.18)) name += `-v${1 + random.below(4)}`;
    if (random.chance(0.15)) name += `_${random.below(10_000)}`;
    if (random.chance(0.12)) name += `-${random.below(36 ** 6).toString(36)}`;
    return name.slice(0, 96);
  }

  #relation(library: string): string {
    if (library === 'gguf' || library === 'mlx') return 'quantized';
    return library === 'peft' ? 'adapter' : this.#random.zipf(['finetune', 'quantized', 'merge']);
  }

  #tags(shape: Known | undefined, habit: Habit): { tags?: string[] } {
    const random = this.#random;
    const tags = shape && random.chance(0.8) ? [...shape.tags] : [];
    if (random.chance(0.3)) tags.push(random.zipf(values.TAGS));
    if (random.chance(0.2)) tags.push(random.chance(0.6) ? habit.tag : random.zipf(this.#rareTags));
    return tags.length > 0 ? { tags: [...new Set(tags)].sort() } : {};
  }

  #files(given: {
    library: string;
    config: boolean;
    shape: Known;
    derived: boolean;
  }): Partial<CatalogRow> {
    const { library, config, shape, derived } = given;
    const random = this.#random;
    const other = Math.round(shape.parameters * (0.7 + 0.6 * random.next()));
    const parameters = derived || random.chance(0.5) ? shape.parameters : other;
    const gguf = library === 'gguf';
    const from = random.below(12);
    const quantizations = gguf ? values.QUANTIZATIONS.slice(from, from + 1 + random.below(16)) : [];
    const runtimes = gguf ? ['llama.cpp', 'ollama'] : config ? ['transformers', 'vllm'] : [];
    const smallest = parameters * (gguf ? random.of([0.33, 0.42, 0.6, 1.06]) : 2);
    const header = random.chance(0.6) ? 32_000 : random.below(60_000);
    const size = rounded(smallest + header);
    const sized = {
      parameters: rounded(parameters),
      activeParameters: rounded(parameters),
      smallestSize: size,
      recommendedSize: gguf ? Math.max(size, rounded(parameters * 0.6)) : size,
      largestSize: gguf ? Math.max(size, rounded(parameters * 2)) : size,
      ...(config && {
        fixedMemory: rounded(size + 0.1 * parameters + 3e8, 'up'),
        tokenMemory: Math.ceil(Math.sqrt(parameters) / 1000) * 1024,
      }),
    };
    return {
      formats: [gguf ? 'gguf' : random.chance(0.85) ? 'safetensors' : 'pytorch'],
      ...(runtimes.length > 0 && { runtimes }),
      ...(quantizations.length > 0 && { quantizations }),
      ...(random.chance(0.7) && sized),
    };
  }

  /** What people see and count. */
  #seen({ time, fame }: Habit): Partial<CatalogRow> {
    const random = this.#random;
    const downloads = Math.min(9e7, Math.floor(4 * random.power(0.7) * fame));
    const later = random.chance(0.6) ? random.next() * 3000 : Math.exp(11 + 2 * random.normal());
    return {
      downloads,
      likes: Math.floor(downloads ** 0.55 * random.next() * 0.3),
      ...(downloads > 1000 && random.chance(0.1) && { trending: random.below(100) }),
      created: Math.floor(time / DAY) * DAY,
      updated: Math.floor(Math.min(LAST, time + later) / HOUR) * HOUR,
      ...(random.chance(0.01) && { score: Math.round(random.next() * 1000) / 10 }),
    };
  }
}

/** Without texts that say nothing. */
function told(row: CatalogRow): CatalogRow {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== '')) as never;
}
