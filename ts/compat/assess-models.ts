import { callVerdict } from '../core/call-verdict.ts';
import { HubfitError } from '../core/hubfit-error.ts';
import type { HFModel } from '../hub/hf-model.ts';
import { modelsJson } from '../inspect/models-json.ts';
import { type RuntimeTarget, runtimeJson } from './target.ts';

/** What to assess. */
export interface AssessOptions {
  /** Models, or the bytes of a listing page as the Hub answers it. */
  models: readonly HFModel[] | Uint8Array;
  /** Runtimes with their hardware. */
  targets: readonly RuntimeTarget[];
}

/** How a model runs on a target, in short. */
export interface Assessment {
  compatible: boolean;
  /** `unreadable`: the row is no model. */
  level: 'native' | 'fallback' | 'dequantised' | 'unknown' | 'refused' | 'unreadable';
  /** In percent; 0 where it is not known. */
  certainty: number;
}

const LEVELS = ['native', 'fallback', 'dequantised', 'unknown', 'refused'] as const;

/**
 * How each model runs on each target, without the words of `checkModelCompatibility`: a row for each model, with an
 * answer for each target. Meant for thousands of models: chat templates and licences are not looked at, and equal
 * answers are one frozen object.
 *
 * @throws {HubfitError} `invalid_argument` for a wrong target, `invalid_response` for bytes that are no page
 */
export function assessModels({ models, targets }: AssessOptions): Assessment[][] {
  const wanted = targets.map((target) => runtimeJson(target) ?? noRuntime());
  const page = models instanceof Uint8Array ? models : new TextEncoder().encode(modelsJson(models));
  const answers = callVerdict((core) => core.assess_models(page, wanted));
  const known = new Map<number, Assessment>();
  const width = 2 * targets.length;
  const rows = width > 0 ? answers.length / width : 0;
  return Array.from({ length: rows }, (_, row) =>
    targets.map((_, column) => assessment(answers, row * width + 2 * column, known)),
  );
}

function assessment(answers: Uint8Array, at: number, known: Map<number, Assessment>): Assessment {
  const [level = 255, percent = 0] = [answers[at], answers[at + 1]];
  const key = level * 256 + percent;
  const found = known.get(key) ?? inWords(level, percent);
  known.set(key, found);
  return found;
}

function inWords(level: number, certainty: number): Assessment {
  const name = LEVELS[level];
  if (name === undefined)
    return Object.freeze({ compatible: false, level: 'unreadable', certainty: 0 });
  return Object.freeze({ compatible: level < 3, level: name, certainty });
}

function noRuntime(): never {
  throw new HubfitError('invalid_argument', 'targets: expected { runtime, … }, found no runtime');
}
