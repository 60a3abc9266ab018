// Does it run there: the questions of tests/vectors/verdicts.jsonl, which Rust asks too, through the wasm.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  assessModels,
  checkModelCompatibility,
  filterCompatibleModels,
  type HFModel,
  type ModelEvidence,
  type RuntimeTarget,
} from '../../ts/index.ts';

interface Question {
  question: string;
  model: HFModel;
  evidence?: ModelEvidence;
  target: RuntimeTarget;
  level: string;
  code?: string;
  /** What to do about it. */
  action?: string;
}

const questions: Question[] = readFileSync(
  new URL('../vectors/verdicts.jsonl', import.meta.url),
  'utf8',
)
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line));

describe('every question has its answer', () => {
  test.each(questions.map((one) => [one.question, one] as const))('%s', (_, one) => {
    const verdict = checkModelCompatibility(one.model, one.target, one.evidence);
    expect(verdict.level).toBe(one.level);
    if (one.code) expect(verdict.findings.map(({ code }) => code)).toContain(one.code);
    if (one.action) expect(verdict.recommendations).toContain(one.action);
    expect(verdict.compatible).toBe(['native', 'fallback', 'dequantised'].includes(one.level));
    // The short answer is the same one; it looks at no chat template.
    if (one.evidence || one.target.uses) return;
    const [[short] = []] = assessModels({ models: [one.model], targets: [one.target] });
    expect(short).toMatchObject({ level: one.level, certainty: verdict.checked?.certainty });
    expect(filterCompatibleModels([one.model], one.target)).toHaveLength(
      verdict.compatible ? 1 : 0,
    );
  });
});

describe('a verdict can be traced', () => {
  const model: HFModel = {
    id: 'org/llama',
    config: { architectures: ['LlamaForCausalLM'], model_type: 'llama' },
    siblings: [{ rfilename: 'model.safetensors' }],
  };

  test('from finding to fact to artefact, path and symbol', () => {
    const { findings, checked } = checkModelCompatibility(model, { runtime: 'vllm@0.33.0' });
    const [fact] = findings.find(({ code }) => code === 'architecture_supported')?.facts ?? [];
    expect(fact).toMatchObject({ runtime: 'vllm', artefact: 'pypi:vllm@0.33.0' });
    expect(fact?.row).toMatchObject({ table: 'architectures', status: 'supported' });
    expect(fact?.row.cells).toContain('LlamaForCausalLM');
    expect(fact?.row.source).toContain('registry.py');
    expect(checked).toMatchObject({ runtime: 'vllm', version: '0.33.0', note: null });
  });

  test('a version that was not read says so, and is less sure', () => {
    const exact = checkModelCompatibility(model, { runtime: 'vllm@0.33.0' }).checked;
    const newer = checkModelCompatibility(model, { runtime: 'vllm@9.0.0' }).checked;
    expect(newer?.note).toContain('newer than the newest release read');
    expect(newer?.certainty).toBeLessThan(exact?.certainty ?? 0);
  });
});

describe('wrong targets', () => {
  const check = (target: unknown) => () =>
    checkModelCompatibility({ id: 'a/b' }, target as RuntimeTarget);

  test.each([
    [{ runtime: 'vlm' }, /found "vlm"; near: .*vllm/],
    [{ runtime: 'vllm@banana' }, /expected a version such as .*found "banana"/],
    [{ runtime: 'vllm', hardware: 'RTX 40900' }, /RTX 40900/],
    [{ hardware: 'RTX 4090' }, /target.runtime: expected a runtime/],
    [{ runtime: 'vllm', worker: {} }, /expected a worker or a runtime, found both/],
    [{ runtime: 'vllm', contextLenght: 3 }, /unknown key "contextLenght"/],
    [{ runtime: 'vllm', contextLength: -3 }, /target.contextLength/],
    [{ runtime: 'vllm', uses: ['fly'] }, /target.uses\[0\]/],
  ])('%j', (target, message) => {
    expect(check(target)).toThrow(message);
    expect(check(target)).toThrow(expect.objectContaining({ code: 'invalid_argument' }));
  });
});
