import type { Command } from 'commander';
import { planModel } from '../plan/plan-model.ts';
import { readModel } from './estimate-command.ts';
import { EXIT } from './exit-code.ts';
import { addWorkloadOptions, type LlamaOptions, workload } from './llama-options.ts';
import { addHubOptions, type SourceOptions } from './model-source.ts';
import { planInText } from './plan-in-text.ts';

interface PlanCommandOptions extends SourceOptions, LlamaOptions {
  json?: boolean;
}

/** `hubfit plan`. */
export function addPlanCommand(program: Command): void {
  const command = program
    .command('plan')
    .description('which variant to take on a machine, with how much context, and how fast it is')
    .argument('<what>', 'org/name, org/name:file, a URL, or the path of a GGUF file')
    .option('--json', 'JSON on standard output');
  addWorkloadOptions(addHubOptions(command)).action(runPlan);
}

async function runPlan(what: string, options: PlanCommandOptions): Promise<void> {
  const model = await readModel(what, options);
  const plan = planModel(model, workload(options));
  const text = options.json ? JSON.stringify(plan, undefined, 2) : planInText(what, plan);
  process.stdout.write(`${text}\n`);
  if (plan.fit === 'no') process.exitCode = EXIT.incompatible;
  if (plan.fit === 'unknown') process.exitCode = EXIT.unknown;
}
