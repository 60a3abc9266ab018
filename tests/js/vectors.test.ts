// The same cases as tests/vectors.rs, through the wasm: one core, one answer.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { callCore } from '../../ts/core/call-core.ts';
import { checkModelCompatibility, extractModelMetadata, type Target } from '../../ts/index.ts';

const folder = new URL('../vectors/', import.meta.url);

function cases(name: string, ending: string): string[] {
  const files = readdirSync(new URL(`${name}/`, folder)).filter((file) => file.endsWith(ending));
  expect(files.length).toBeGreaterThan(0);
  return files.map((file) => file.slice(0, -ending.length));
}

function read(file: string): Buffer {
  return readFileSync(new URL(file, folder));
}

// biome-ignore lint/suspicious/noExplicitAny: cases hold any shape.
function json(file: string): any {
  return JSON.parse(read(file).toString());
}

describe('check', () => {
  test.each(cases('check', '.input.json'))('%s', (name) => {
    const { model, evidence, worker } = json(`check/${name}.input.json`);
    const target: Target | undefined = worker && { worker };
    const found = {
      metadata: extractModelMetadata(model, evidence),
      verdict: checkModelCompatibility(model, target, evidence),
    };
    expect(found).toEqual(json(`check/${name}.expected.json`));
  });
});

describe('page', () => {
  test.each(cases('page', '.page'))('%s', (name) => {
    const page = read(`page/${name}.page`);
    expect(select(page)).toEqual(json(`page/${name}.expected.json`));
  });
});

function select(page: Uint8Array): unknown {
  try {
    const { kept, skipped, total } = callCore((core) => core.filter_compatible_models(page, ''));
    const triples = Array.from({ length: kept.length / 3 }, (_, at) =>
      Array.from(kept.subarray(3 * at, 3 * at + 3)),
    );
    return { kept: triples, skipped, total };
  } catch (error) {
    const { code, message } = error as { code: string; message: string };
    return { code, message };
  }
}
