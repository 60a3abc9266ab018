import { HubfitError } from '../../core/hubfit-error.ts';

/** Most characters of one object: a model with all its files has some hundred thousand. */
const LONGEST = 16 << 20;

/** The objects of a JSON array, or of lines of JSON, one by one as the bytes come in. */
export async function* objectsInJson(
  bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<Record<string, unknown>> {
  const objects = new Objects();
  for await (const part of bytes) yield* objects.in(part);
  yield* objects.in();
}

/** Finds where objects start and end. */
class Objects {
  readonly #decoder = new TextDecoder('utf-8', { fatal: true });
  /** What was not yet taken: it starts with the object that is open, if one is. */
  #text = '';
  #at = 0;
  #depth = 0;
  #inString = false;
  #passed = 0;

  /** Objects that end in this part; without a part, the end of the text. */
  *in(part?: Uint8Array): Generator<Record<string, unknown>> {
    this.#text += this.#decode(part);
    for (let end = this.#next(); end !== undefined; end = this.#next()) {
      yield this.#parse(this.#text.slice(0, end));
      this.#drop(end);
    }
    if (this.#text.length > LONGEST)
      throw this.#error('limit_exceeded', 'an object of at most 16 MiB');
    if (!part && this.#text !== '') throw this.#error('invalid_json', 'the end of an object');
  }

  #decode(part: Uint8Array | undefined): string {
    try {
      return part ? this.#decoder.decode(part, { stream: true }) : this.#decoder.decode();
    } catch {
      throw this.#error('invalid_json', 'UTF-8');
    }
  }

  /** The end of the next object, if it is there. */
  #next(): number | undefined {
    if (this.#depth === 0) this.#skip();
    const text = this.#text;
    for (; this.#at < text.length; this.#at++) {
      const character = text[this.#at];
      if (this.#inString) {
        if (character === '\\') this.#at++;
        else if (character === '"') this.#inString = false;
      } else if (character === '"') this.#inString = true;
      else if (character === '{' || character === '[') this.#depth++;
      else if (character === '}' || character === ']') {
        this.#depth--;
        if (this.#depth === 0) return this.#at + 1;
      }
    }
    return undefined;
  }

  /** What may stand between objects: white space, and the array around them. */
  #skip(): void {
    const [between = ''] = /^[\s,[\]\uFEFF]*/.exec(this.#text) ?? [];
    this.#drop(between.length);
    if (this.#text !== '' && this.#text[0] !== '{') throw this.#error('invalid_json', 'an object');
  }

  #drop(length: number): void {
    this.#text = this.#text.slice(length);
    this.#at = 0;
    this.#passed += length;
  }

  #parse(text: string): Record<string, unknown> {
    try {
      return JSON.parse(text) as Record<string, unknown>;
    } catch (error) {
      throw this.#error('invalid_json', 'a right object', error);
    }
  }

  #error(code: 'invalid_json' | 'limit_exceeded', expected: string, cause?: unknown): HubfitError {
    const message = `models: expected ${expected} at character ${this.#passed}`;
    return new HubfitError(code, message, { cause });
  }
}
