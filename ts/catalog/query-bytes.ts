import { HubfitError } from '../core/hubfit-error.ts';
import { toJson } from '../core/to-json.ts';

/** Kinds of values, as the core has them (`src/catalog/query/value.rs`). */
const NOTHING = 0;
const FALSE = 1;
const TRUE = 2;
const NUMBER = 3;
const TEXT = 4;
const LIST = 5;
const OBJECT = 6;

/** Values inside values, as the core has it. */
const MOST_DEPTH = 64;

const encoder = new TextEncoder();

/** A query as the core takes it: its values by their kinds, so that the module needs no reader of JSON. */
export function queryBytes(query: object): Uint8Array {
  const bytes: number[] = [];
  // Read back from JSON, as which it has no cycles, no dates, nothing that is left out.
  push(bytes, JSON.parse(toJson('query', query)), MOST_DEPTH);
  return new Uint8Array(bytes);
}

function push(bytes: number[], value: unknown, depth: number): void {
  if (depth === 0) {
    const message = `query: expected at most ${MOST_DEPTH} values inside each other, found more`;
    throw new HubfitError('limit_exceeded', message);
  }
  if (typeof value === 'string') {
    bytes.push(TEXT);
    pushText(bytes, value);
  } else if (typeof value === 'number') {
    bytes.push(NUMBER, ...new Uint8Array(Float64Array.of(value).buffer));
  } else if (typeof value === 'boolean') {
    bytes.push(value ? TRUE : FALSE);
  } else if (Array.isArray(value)) {
    bytes.push(LIST, ...four(value.length));
    for (const item of value) push(bytes, item, depth - 1);
  } else if (value) {
    const entries = Object.entries(value);
    bytes.push(OBJECT, ...four(entries.length));
    for (const [key, inner] of entries) {
      pushText(bytes, key);
      push(bytes, inner, depth - 1);
    }
  } else {
    bytes.push(NOTHING);
  }
}

function pushText(bytes: number[], text: string): void {
  const encoded = encoder.encode(text);
  bytes.push(...four(encoded.length));
  for (const byte of encoded) bytes.push(byte);
}

/** The four bytes of a count, the lowest first, as all hosts of WebAssembly have them. */
function four(count: number): Uint8Array {
  return new Uint8Array(Uint32Array.of(count).buffer);
}
