import { type Command, InvalidArgumentError } from 'commander';
import { listMemoryRuntimes } from '../plan/list-memory-runtimes.ts';
import type { RuntimePlanTarget } from '../plan/plan-in-runtime.ts';
import { type PlanTarget, planModel } from '../plan/plan-model.ts';
import { readModel } from './estimate-command.ts';
import { EXIT } from './exit-code.ts';
import { addWorkloadOptions, type LlamaOptions, RUNTIMES, workload } from './llama-options.ts';
import { addHubOptions, type SourceOptions } from './model-source.ts';
import { planInText } from './plan-in-text.ts';

interface PlanCommandOptions extends SourceOptions, LlamaOptions {
  json?: boolean;
  set?: Record<string, unknown>;
}

/** `hubfit plan`. */
export function addPlanCommand(program: Command): void {
  const command = program
    .command('plan')
    .description('which variant to take on a machine, with how much context, and how fast it is')
    .argument('<what>', 'org/name, org/name:file, a URL, or the path of a GGUF file')
    .option('--json', 'JSON on standard output');
  const others = listMemoryRuntimes().filter((id) => !RUNTIMES.includes(id) && id !== 'training');
  addWorkloadOptions(addHubOptions(command), [...RUNTIMES, ...others])
    .option('--set <key=value...>', 'settings of other runtimes, by their own names', setting, {})
    .action(runPlan);
}

async function runPlan(what: string, options: PlanCommandOptions): Promise<void> {
  const model = await readModel(what, options);
  const plan = planModel(model, target(options));
  const text = options.json ? JSON.stringify(plan, undefined, 2) : planInText(what, plan);
  process.stdout.write(`${text}\n`);
  if (plan.fit === 'no') process.exitCode = EXIT.incompatible;
  if (plan.fit === 'unknown') process.exitCode = EXIT.unknown;
}

function target(options: PlanCommandOptions): PlanTarget | RuntimePlanTarget {
  const { runtime, hardware, context, parallel, set } = options;
  if (runtime === undefined || RUNTIMES.includes(runtime)) return workload(options);
  const settings = {
    ...(context !== undefined && { context }),
    ...(parallel !== undefined && { sequences: parallel }),
    ...set,
  };
  return { runtime, settings, ...(hardware !== undefined && { hardware }) };
}

/** `kv_cache_dtype=fp8`: numbers, flags and texts. */
function setting(text: string, all: Record<string, unknown>): Record<string, unknown> {
  const [key = '', value] = text.split(/=(.*)/s);
  if (value === undefined) throw new InvalidArgumentError('expected key=value.');
  return { ...all, [key]: plain(value) };
}

function plain(text: string): unknown {
  if (text === 'true' || text === 'false') return text === 'true';
  const number = Number(text);
  return text !== '' && Number.isFinite(number) ? number : text;
}
