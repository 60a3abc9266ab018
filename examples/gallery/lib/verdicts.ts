import {
  type CompatibilityResult,
  checkModelWorkerCompatibility,
  type WorkerProfile,
} from 'hubfit';
import { models } from './models';

/** How many workers' verdicts are kept, so that going back and forth costs nothing. */
const KEPT = 8;

const made = new Map<string, readonly CompatibilityResult[]>();

/** The verdict on each model, in the order of `models`; worked out once for a worker. */
export function verdictsFor(worker: WorkerProfile): readonly CompatibilityResult[] {
  const key = JSON.stringify(worker);
  const verdicts = made.get(key) ?? check(worker);
  made.delete(key);
  made.set(key, verdicts);
  for (const oldest of made.keys()) {
    if (made.size > KEPT) made.delete(oldest);
  }
  return verdicts;
}

/** The codes of what stands against a model. */
export function obstacles(verdict: CompatibilityResult): readonly string[] {
  if (verdict.compatible) return [];
  const against = verdict.findings.filter(
    ({ severity }) => severity === 'error' || severity === 'unknown',
  );
  return [...new Set(against.map(({ code }) => code))];
}

function check(worker: WorkerProfile): readonly CompatibilityResult[] {
  return models.map(({ metadata }) => checkModelWorkerCompatibility(metadata, worker));
}
