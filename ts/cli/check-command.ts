import type { Command } from 'commander';
import { checkModelCompatibility } from '../compat/check-model-compatibility.ts';
import type { Target } from '../compat/target.ts';
import { listRuntimes } from '../facts/list-runtimes.ts';
import type { CompatibilityResult } from '../generated/core.d.ts';
import { EXIT } from './exit-code.ts';
import { findSubject } from './find-subject.ts';
import { addSourceOptions, type SourceOptions } from './model-source.ts';
import { addRuntimeOptions, type RuntimeOptions, runtimeTarget } from './runtime-options.ts';
import { matrixInText, verdictInText } from './verdict-in-text.ts';
import { addWorkerOptions, target, type WorkerOptions } from './worker-options.ts';

interface CheckOptions extends SourceOptions, WorkerOptions, RuntimeOptions {
  json?: boolean;
  explain?: boolean;
  all?: boolean;
}

/** `hubfit check`. */
export function addCheckCommand(program: Command): void {
  const command = program
    .command('check')
    .description('check one model against runtimes or a worker; the exit code tells the verdict')
    .argument('<id>', 'org/name, or the path of a GGUF or safetensors file')
    .option('--json', 'JSON on standard output')
    .option('--explain', 'every finding with the facts behind it, each with its source')
    .option('--all', 'every runtime that is known, as a matrix');
  addRuntimeOptions(addWorkerOptions(addSourceOptions(command))).action(runCheck);
}

async function runCheck(id: string, options: CheckOptions): Promise<void> {
  const { model, evidence } = await findSubject(
    id,
    options,
    options.runtime !== undefined || asksRuntimes(options),
  );
  const targets = wanted(options);
  const verdicts = targets.map((one) => checkModelCompatibility(model, one, evidence));
  process.stdout.write(`${inWords(model.id, verdicts, options)}\n`);
  process.exitCode = exitCode(verdicts);
}

/** What only runtimes have (hardware, a variant, …) asks for all of them where none is named; else the worker is asked. */
function wanted(options: CheckOptions): Target[] {
  const { all, runtime = [] } = options;
  const every = all || (asksRuntimes(options) && runtime.length === 0);
  const runtimes = every ? listRuntimes().map(({ id }) => id) : runtime;
  if (runtimes.length === 0) return [target(options)];
  return runtimes.map((one) => runtimeTarget(one, options));
}

/** Whether anything is set that a worker has not. */
function asksRuntimes(options: CheckOptions): boolean {
  return Object.keys(runtimeTarget('', options)).length > 1;
}

function inWords(id: string, verdicts: CompatibilityResult[], options: CheckOptions): string {
  const [first] = verdicts;
  if (options.json) {
    const json = verdicts.length === 1 ? { id, ...first } : { id, runtimes: verdicts };
    return JSON.stringify(json, undefined, 2);
  }
  if (verdicts.length === 1 && first) return verdictInText(id, first, options.explain);
  if (!options.explain) return matrixInText(verdicts);
  return verdicts.map((verdict) => verdictInText(id, verdict, true)).join('\n\n');
}

/** Compatible with one of them is compatible. */
function exitCode(verdicts: readonly CompatibilityResult[]): number {
  if (verdicts.some(({ compatible }) => compatible)) return EXIT.ok;
  return verdicts.some(({ level }) => level === 'unknown') ? EXIT.unknown : EXIT.incompatible;
}
