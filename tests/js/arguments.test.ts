// Wrong calls: a typed error that names the field, what was expected and what was found.
import { describe, expect, test } from 'vitest';
import {
  checkModelCompatibility,
  checkModelWorkerCompatibility,
  extractModelMetadata,
  filterCompatibleModels,
  type HFModel,
  HubfitError,
  isModelCompatible,
  listCompatibleModels,
  listHuggingFaceModels,
  referenceWorker,
  type SkippedRow,
} from '../../ts/index.ts';

const LLAMA: HFModel = {
  id: 'x/llama-7b',
  config: { model_type: 'llama', max_position_embeddings: 4096 },
  siblings: [{ rfilename: 'model.safetensors' }],
};

function thrown(work: () => unknown): HubfitError {
  try {
    work();
  } catch (error) {
    expect(error).toBeInstanceOf(HubfitError);
    return error as HubfitError;
  }
  throw new Error('nothing was thrown');
}

const wrong = (value: unknown): never => value as never;

describe('models that are none', () => {
  test.each([
    [null, 'null'],
    [undefined, 'null'],
    [7, 'a number'],
    ['x/y', 'text'],
    [[], 'a list'],
    [true, 'a boolean'],
  ])('%j', (value, found) => {
    const error = thrown(() => checkModelCompatibility(wrong(value)));
    expect(error.code).toBe('invalid_model');
    expect(error.message).toBe(`a model: expected an object, found ${found}`);
  });

  test('circular and BigInt values', () => {
    const circle: { id: string; config?: unknown } = { id: 'x/y' };
    circle.config = circle;
    expect(thrown(() => extractModelMetadata(wrong(circle))).code).toBe('invalid_argument');
    const big = { id: 'x/y', siblings: [{ rfilename: 'a', size: 10n }] };
    expect(thrown(() => extractModelMetadata(wrong(big))).code).toBe('invalid_argument');
  });
});

describe('malformed fields', () => {
  test('are named in warnings, and the rest is used', () => {
    const model = { ...LLAMA, tags: 'llama', siblings: [{ rfilename: 'model.safetensors' }, 5] };
    const verdict = checkModelCompatibility(wrong(model));
    expect(verdict.compatible).toBe(true);
    expect(verdict.warnings).toEqual([
      'tags was left out: expected a list, found text',
      'siblings[1] was left out: expected an object with rfilename, found a number',
    ]);
  });

  test('NaN is visible', () => {
    const model = {
      ...LLAMA,
      config: { model_type: 'llama', max_position_embeddings: Number.NaN },
    };
    const { problems, evidence } = extractModelMetadata(model);
    expect(problems).toEqual([
      { field: 'config.max_position_embeddings', expected: 'a number of tokens', found: 'text' },
    ]);
    expect(evidence.maxContextLength.grade).toBe('assumed');
  });

  test.each([0, [], 'x', true])('evidence that is none: %j', (evidence) => {
    const error = thrown(() => extractModelMetadata(LLAMA, wrong(evidence)));
    expect([error.code, error.message]).toEqual([
      'invalid_argument',
      expect.stringContaining('evidence: expected an object, found'),
    ]);
  });

  test('a misspelt piece of evidence is told of', () => {
    const error = thrown(() => extractModelMetadata(LLAMA, wrong({ confg: {} })));
    expect(error.message).toContain('confg');
  });

  test('prototype-named keys do nothing', () => {
    const model = JSON.parse(
      '{"id":"x/y","__proto__":{"id":"z"},"constructor":1,"tags":["__proto__"]}',
    );
    expect(extractModelMetadata(model).id).toBe('x/y');
    expect(({} as { id?: string }).id).toBeUndefined();
  });

  test('megabytes of text stay out of messages', () => {
    const long = 'x'.repeat(2_000_000);
    const verdict = checkModelCompatibility({ id: long, config: { model_type: long } });
    expect(Math.max(...verdict.reasons.map((reason) => reason.length))).toBeLessThan(400);
  });
});

describe('workers', () => {
  const check = (worker: unknown): unknown =>
    checkModelCompatibility(LLAMA, { worker: wrong(worker) });

  test.each([
    [
      { maxContextLength: 'big' },
      'worker.maxContextLength: expected a whole number of at least 0, found "big"',
    ],
    [
      { maxContextLength: Number.NaN },
      'worker.maxContextLength: expected a whole number of at least 0, found "NaN"',
    ],
    [
      { maxContextLength: 1.5 },
      'worker.maxContextLength: expected a whole number of at least 0, found 1.5',
    ],
    [{ architectures: 'llama' }, 'worker.architectures: expected a list, found "llama"'],
    [{ architectures: [1] }, 'worker.architectures[0]: expected text, found 1'],
    [{ formats: [{}] }, 'worker.formats[0].format: expected the name of a format, found null'],
    [
      { contextPolicy: 'ignore' },
      'worker.contextPolicy: expected one of reject, cap, found "ignore"',
    ],
    [7, 'worker: expected an object, found 7'],
  ])('%j', (worker, message) => {
    const error = thrown(() => check(worker));
    expect([error.code, error.message]).toEqual(['invalid_argument', message]);
  });

  test('a misspelt key is told of, with those that are known', () => {
    const { message } = thrown(() => check({ architecture: ['llama'] }));
    expect(message).toContain('unknown key "architecture"; known are name, architectures');
  });

  test('a worker in place of the target is told of', () => {
    const { message } = thrown(() => checkModelCompatibility(LLAMA, wrong(referenceWorker())));
    expect(message).toBe(
      'target: unknown key "name"; known are worker, or runtime and what goes with it',
    );
  });

  test.each([0, [], 'worker', null])('a target that is none: %j', (target) => {
    expect(thrown(() => checkModelCompatibility(LLAMA, wrong(target))).code).toBe(
      'invalid_argument',
    );
  });

  test('an empty one limits nothing', () => {
    const verdict = checkModelCompatibility({ id: 'x/y' }, { worker: {} });
    expect([verdict.compatible, verdict.confidence]).toEqual([true, 'high']);
  });
});

describe('metadata', () => {
  const plain = {
    architecture: 'llama',
    format: 'safetensors',
    quantization: null,
    parameters: '7B',
    sizeBytes: 13_000_000_000,
    maxContextLength: 4096,
  };

  test('the six fields of the contract are enough', () => {
    expect(isModelCompatible(plain)).toBe(true);
    expect(checkModelWorkerCompatibility(plain, referenceWorker()).confidence).toBe('high');
    expect(isModelCompatible({ ...plain, maxContextLength: 32_769 })).toBe(false);
    expect(isModelCompatible({ ...plain, format: 'gguf' })).toBe(true);
    expect(isModelCompatible({ ...plain, architecture: 'bert' })).toBe(false);
  });

  test('a context that is left out is assumed, and says so', () => {
    const verdict = checkModelWorkerCompatibility({ architecture: 'llama', format: 'safetensors' });
    expect(verdict.warnings).toEqual([
      'the context length is not stated; 2,048 tokens are assumed',
    ]);
    expect(verdict.confidence).toBe('medium');
  });

  test('an exact model type alone is known by its family', () => {
    expect(isModelCompatible({ ...plain, architecture: 'qwen3_moe' })).toBe(true);
    expect(isModelCompatible({ ...plain, architecture: 'mllama' })).toBe(false);
  });

  test('comes back as it went out', () => {
    const metadata = extractModelMetadata(LLAMA);
    expect(checkModelWorkerCompatibility(metadata)).toEqual(checkModelCompatibility(LLAMA));
  });

  test('a wrong field is named', () => {
    const { message } = thrown(() => isModelCompatible({ ...plain, sizeBytes: wrong('much') }));
    expect(message).toContain('metadata.sizeBytes: expected a whole number');
  });
});

describe('lists', () => {
  test('keep order and identity', () => {
    const bert: HFModel = { id: 'x/bert', config: { model_type: 'bert' } };
    const other = { ...LLAMA, id: 'x/other' };
    const kept = filterCompatibleModels([LLAMA, bert, other]);
    expect(kept[0]).toBe(LLAMA);
    expect(kept[1]).toBe(other);
    expect(kept).toHaveLength(2);
  });

  test('one value that is no plain data costs that row alone', () => {
    const circle: { id: string; config?: unknown } = { id: 'x/y' };
    circle.config = circle;
    const getter = Object.defineProperty({ id: 'x/y' }, 'tags', {
      enumerable: true,
      get: () => {
        throw new Error('no');
      },
    });
    const models = [LLAMA, { id: 'x/y', siblings: [{ rfilename: 'a', size: 1n }] }, circle, getter];
    const skipped: number[] = [];
    const kept = filterCompatibleModels(wrong(models), undefined, {
      onSkip: ({ index }) => skipped.push(index),
    });
    expect(kept).toEqual([LLAMA]);
    expect(skipped).toEqual([1, 2, 3]);
    expect(thrown(() => extractModelMetadata(wrong(getter))).code).toBe('invalid_argument');
  });

  test('leave out and tell of what is no model', () => {
    const skipped: SkippedRow[] = [];
    const models = [LLAMA, null, 5, { id: 7 }, LLAMA];
    const kept = filterCompatibleModels(wrong(models), undefined, {
      onSkip: (row) => skipped.push(row),
    });
    expect(kept).toEqual([LLAMA, LLAMA]);
    expect(skipped.map(({ index, message }) => `${index} ${message}`)).toEqual([
      '1 a model: expected an object, found null',
      '2 a model: expected an object, found a number',
      '3 id: expected text of the form org/name, found a number',
    ]);
  });

  test('bytes of a page give the same as its models', () => {
    const page = new TextEncoder().encode(JSON.stringify([LLAMA, { id: 'x/y' }, LLAMA]));
    expect(filterCompatibleModels(page)).toEqual([LLAMA, LLAMA]);
  });

  test('other things are refused', () => {
    expect(thrown(() => filterCompatibleModels(wrong({}))).code).toBe('invalid_argument');
    expect(thrown(() => filterCompatibleModels(new Uint8Array([60]))).code).toBe(
      'invalid_response',
    );
  });
});

describe('listing options', () => {
  test.each([
    [{ sort: 'best' }, /options.sort: expected one of trending/],
    [{ filter: 'gguf' }, /options.filter: expected a list/],
    [{ limit: 0 }, /limit: expected a whole number of at least 1/],
    [{ limit: Number.NaN }, /limit: expected/],
    [{ query: 'x' }, /unknown key "query"; known are search/],
  ])('%j', async (options, message) => {
    const refuse = async (): Promise<never> => Promise.reject(new Error('asked the Hub'));
    await expect(listHuggingFaceModels({ ...(options as object), fetch: refuse })).rejects.toThrow(
      message,
    );
    await expect(listCompatibleModels({ ...(options as object), fetch: refuse })).rejects.toThrow(
      message,
    );
  });
});
