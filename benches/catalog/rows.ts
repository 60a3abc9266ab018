// Rows that look like the Hub's, from a seed: as objects one by one, or as columns (`columns.ts`).
import type { CatalogRow } from '../../ts/catalog/catalog-row.ts';
import { type Author, authorAt } from './authors.ts';
import type { Base, Names } from './names.ts';
import { Random } from './random.ts';
import { UniqueIds } from './unique-ids.ts';
import * as values from './values.ts';

/** Which rows. */
export interface RowsWanted {
  rows: number;
  /** Real names to recombine: `readNames()`. */
  names: Names;
  /** Stops there, with rows as those of the whole. */
  most?: number;
  seed?: number;
}

/** The rows of a number and a seed, always the same ones. */
export function* makeRows({
  rows,
  names,
  most = rows,
  seed = 7,
}: RowsWanted): Generator<CatalogRow> {
  const maker = new RowMaker(names, new Random(seed), rows);
  for (let made = 0; made < Math.min(rows, most); made += 1) yield maker.next();
}

/** Models that were trained last: what others quantize and train on. */
const RECENT = 4096;
/** 2022-03-02 is what the Hub says of all that is older. */
const [FIRST_DAY, LAST_DAY] = [1_646_179_200, 1_775_001_600];

class RowMaker {
  readonly #names: Names;
  readonly #random: Random;
  readonly #authors: number;
  readonly #ids: UniqueIds;
  readonly #recent: Base[] = [];
  readonly #known: Author[] = [];

  constructor(names: Names, random: Random, rows: number) {
    this.#names = names;
    this.#random = random;
    // On the Hub, an author has about four models.
    this.#authors = Math.max(50, Math.floor(rows / 4));
    this.#ids = new UniqueIds(rows);
  }

  next(): CatalogRow {
    const random = this.#random;
    const author = this.#author(Math.floor(this.#authors ** random.next()));
    const base = this.#base();
    const kind = author.quantizer ? 'quantized' : this.#kind();
    const id = this.#id(author, kind, base);
    const row: CatalogRow =
      kind === 'quantized'
        ? this.#quantized(id, base)
        : this.#trained(id, author, kind, kind === 'own' ? this.#own(author, id) : base);
    return { ...row, ...this.#common(author) };
  }

  /** Those with many models are remembered. */
  #author(place: number): Author {
    const author = this.#known[place] ?? authorAt(place, this.#names);
    if (place < RECENT) this.#known[place] = author;
    return author;
  }

  /** Half of them are well-known, half what somebody has just trained. */
  #base(): Base {
    const known = this.#recent.length === 0 || this.#random.chance(0.5);
    return known ? this.#random.zipf(this.#names.bases) : this.#random.of(this.#recent);
  }

  #kind(): 'own' | 'finetune' | 'adapter' | 'merge' | 'quantized' {
    const share = this.#random.next();
    if (share < 0.42) return 'own';
    if (share < 0.72) return 'finetune';
    if (share < 0.86) return 'adapter';
    return share < 0.89 ? 'merge' : 'quantized';
  }

  #own(author: Author, id: string): Base {
    const random = this.#random;
    return {
      id,
      family: random.chance(0.6) ? author.family : random.zipf(this.#names.families),
      task: random.chance(0.7) ? author.task : random.zipf(values.TASKS),
      license: author.license,
      parameters: Math.round(random.logNormal(3e8, 2.2)),
      context: 2 ** (9 + random.below(9)),
    };
  }

  #id(author: Author, kind: string, base: Base): string {
    for (let tries = 0; ; tries += 1) {
      const number = tries > 4 ? `-${this.#random.below(1e6)}` : '';
      const id = `${author.name}/${this.#name(kind, base)}${number}`;
      if (this.#ids.add(id)) return id;
    }
  }

  #name(kind: string, base: Base): string {
    const random = this.#random;
    const stem = base.id.slice(base.id.indexOf('/') + 1).slice(0, 48);
    if (kind === 'quantized') return `${stem}${random.zipf(QUANTIZED_ENDINGS)}`;
    const words = kind === 'own' ? [random.zipf(this.#names.words)] : [stem];
    const more = 1 + random.below(3);
    for (let word = 0; word < more; word += 1) {
      words.push(random.chance(0.5) ? random.zipf(values.ENDINGS) : random.of(this.#names.words));
    }
    if (random.chance(0.25)) words.push(String(random.below(random.chance(0.5) ? 20 : 100_000)));
    return words.join(random.chance(0.8) ? '-' : '_');
  }

  #quantized(id: string, base: Base): CatalogRow {
    const gguf = id.includes('GGUF');
    const parameters = base.parameters || Math.round(this.#random.logNormal(4e9, 1));
    const from = this.#random.below(18);
    const to = from + 1 + this.#random.below(values.QUANTIZATIONS.length - from);
    const labels = gguf
      ? values.QUANTIZATIONS.slice(from, to)
      : [/AWQ|GPTQ/.test(id) ? '4bit' : '8bit'];
    const bits = gguf ? values.QUANTIZATION_BITS.slice(from, to) : [/8/.test(id) ? 8.5 : 4.6];
    const bytes = bits.map((each) => (parameters * each) / 8);
    return {
      ...told({ id, base: base.id, relation: 'quantized', family: base.family, task: base.task }),
      ...told({ library: gguf ? 'gguf' : id.includes('mlx') ? 'mlx' : 'transformers' }),
      ...told({ license: base.license, context: base.context }),
      formats: gguf ? ['gguf'] : ['safetensors'],
      quantizations: labels,
      runtimes: gguf ? GGUF_RUNTIMES : SAFETENSORS_RUNTIMES,
      ...this.#sizes(parameters, bytes),
    };
  }

  #trained(id: string, author: Author, kind: string, like: Base): CatalogRow {
    const random = this.#random;
    const parameters = like.parameters || Math.round(random.logNormal(1e9, 1.5));
    const torch = random.chance(0.2);
    const library = kind === 'adapter' ? 'peft' : author.library;
    if (kind !== 'adapter') this.#remember({ ...like, id, parameters });
    return {
      ...told({ id, family: like.family, task: like.task, library, context: like.context }),
      ...told({ license: random.chance(0.35) ? '' : like.license || author.license }),
      ...(kind !== 'own' && { base: like.id, relation: kind }),
      formats: torch ? ['pytorch'] : random.chance(0.1) ? ['safetensors', 'onnx'] : ['safetensors'],
      ...(random.chance(0.3) && { quantizations: ['BF16'] }),
      ...(library === 'transformers' && !torch && { runtimes: SAFETENSORS_RUNTIMES }),
      ...(random.chance(0.75) && this.#sizes(parameters, [parameters * 2])),
    };
  }

  #remember(base: Base): void {
    if (this.#recent.length < RECENT) this.#recent.push(base);
    else this.#recent[this.#random.below(RECENT)] = base;
  }

  /** Sizes, and the line of memory; numbers are kept as `f32`, so they are made as such. */
  #sizes(parameters: number, bytes: readonly number[]): Partial<CatalogRow> {
    const smallest = Math.min(...bytes);
    const wide = Math.sqrt(parameters);
    return {
      parameters: Math.fround(parameters),
      smallestSize: Math.fround(smallest),
      recommendedSize: Math.fround(bytes[bytes.length >> 1] ?? smallest),
      largestSize: Math.fround(Math.max(...bytes)),
      fixedMemory: Math.fround(smallest + 3e8),
      tokenMemory: Math.fround(wide * (0.4 + this.#random.next())),
    };
  }

  /** What people see and count. */
  #common(author: Author): Partial<CatalogRow> {
    const random = this.#random;
    const downloads = Math.min(2e8, Math.floor(4 * random.power(0.7) * author.fame));
    const created = FIRST_DAY + Math.floor((LAST_DAY - FIRST_DAY) * random.next() ** 0.6);
    const tags = Array.from({ length: random.below(5) }, () => random.zipf(values.TAGS));
    return {
      downloads,
      likes: Math.floor(downloads ** 0.55 * random.next()),
      ...(downloads > 1000 && { trending: Math.floor(100 * random.next() ** 8) }),
      created,
      updated: created + Math.floor((LAST_DAY - created) * random.next() ** 4),
      ...(random.chance(0.3) && { languages: this.#languages(author) }),
      ...(downloads > 20_000 && random.chance(0.2) && { providers: this.#providers() }),
      ...(tags.length > 0 && { tags: [...new Set(tags)].sort() }),
      ...(random.chance(0.03) && { gated: random.chance(0.7) ? 'auto' : 'manual' }),
    };
  }

  #languages(author: Author): string[] {
    const random = this.#random;
    if (random.chance(0.6)) return [author.language];
    const many = random.chance(0.1) ? 20 : 3;
    const drawn = Array.from({ length: 1 + random.below(many) }, () =>
      random.zipf(values.LANGUAGES),
    );
    return [...new Set(drawn)].sort();
  }

  #providers(): string[] {
    const drawn = Array.from({ length: 1 + this.#random.below(5) }, () =>
      this.#random.zipf(values.PROVIDERS),
    );
    return [...new Set(drawn)].sort();
  }
}

const QUANTIZED_ENDINGS = [
  '-GGUF',
  '-i1-GGUF',
  '-Q4_K_M-GGUF',
  '-mlx-4Bit',
  '-AWQ',
  '-GPTQ-Int4',
  '-Q8_0-GGUF',
  '-4bit',
  '-8bit',
  '-mlx-8Bit',
  '-FP8',
  '-IQ4_XS-GGUF',
  '-W8A8',
];
const GGUF_RUNTIMES = ['llama.cpp', 'ollama'];
const SAFETENSORS_RUNTIMES = ['sglang', 'transformers', 'vllm'];

/** The keys that say something. */
function told<T extends object>(row: T): T {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value)) as T;
}
