import { readFileSync } from 'node:fs';
import { type Command, InvalidArgumentError } from 'commander';
import { referenceWorker } from '../compat/reference-worker.ts';
import type { Target } from '../compat/target.ts';
import { HubfitError } from '../core/hubfit-error.ts';
import type { WorkerProfile } from '../generated/core.d.ts';
import { cut } from './table.ts';

/** The limits that models are checked against. */
export interface WorkerOptions {
  worker?: string;
  architectures?: string[];
  formats?: string[];
  quantizations?: string[];
  maxContext?: number;
  capContext?: boolean;
}

/** The words between commas, one at least. */
function list(text: string): string[] {
  const words = text.split(',').map((word) => word.trim());
  const given = words.filter((word) => word !== '');
  if (given.length > 0) return given;
  throw new InvalidArgumentError('expected names with commas between them.');
}

/** A whole number of at least 1. */
export function wholeNumber(text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number > 0) return number;
  throw new InvalidArgumentError('expected a whole number of at least 1.');
}

/** Adds the options that say what models are checked against. */
export function addWorkerOptions(command: Command): Command {
  return command
    .option('--worker <file>', 'worker profile (JSON); the reference worker where left out')
    .option('--architectures <list>', 'families or model types it loads: llama,qwen3_moe', list)
    .option('--formats <list>', 'weight formats it reads: safetensors,gguf', list)
    .option('--quantizations <list>', 'quantizations it takes: Q4_K_M,awq,none', list)
    .option('--max-context <tokens>', 'longest context it holds', wholeNumber)
    .option('--cap-context', 'run longer models with a shorter context instead of refusing them');
}

/** The target they describe: a file, changed by what else is given. */
export function target(options: WorkerOptions): Target {
  const base = options.worker ? readWorker(options.worker) : referenceWorker();
  const { architectures, formats, quantizations, maxContext, capContext } = options;
  const worker: WorkerProfile = {
    ...base,
    ...(architectures && { architectures }),
    ...(formats && { formats }),
    ...(quantizations && { quantizations }),
    ...(maxContext && { maxContextLength: maxContext }),
    ...(capContext && { contextPolicy: 'cap' as const }),
  };
  return { worker };
}

function readWorker(file: string): WorkerProfile {
  const worker = readJson(file);
  if (typeof worker === 'object' && worker !== null && !Array.isArray(worker)) return worker;
  const found = Array.isArray(worker) ? 'a list' : JSON.stringify(worker);
  // Spread over a profile it would vanish, and with it all limits.
  throw wrongWorker(file, `expected a JSON object, found ${cut(found, 40)}`);
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw wrongWorker(file, (error as Error).message);
  }
}

function wrongWorker(file: string, message: string): HubfitError {
  return new HubfitError('invalid_argument', `--worker ${file}: ${message}`);
}
