#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { HubfitError } from '../core/hubfit-error.ts';
import { addCatalogCommand } from './catalog-command.ts';
import { addCheckCommand } from './check-command.ts';
import { addDownloadCommand } from './download-command.ts';
import { addEstimateCommand } from './estimate-command.ts';
import { EXIT, exitCodeOf } from './exit-code.ts';
import { addHardwareCommand } from './hardware-command.ts';
import { addInspectCommand } from './inspect-command.ts';
import { addListCommand } from './list-command.ts';
import { byOneName } from './llama-options.ts';
import { addPlanCommand } from './plan-command.ts';
import { addRuntimesCommand } from './runtimes-command.ts';

const EXAMPLES = `
Examples:
  hubfit list --sample                           compatible models of the embedded sample
  hubfit list --sample --summary                 how many are compatible, and why the others are not
  hubfit list --search llama -n 50               search the live Hub
  hubfit list --formats gguf --max-context 8192 --cap-context
  hubfit check meta-llama/Llama-3.2-1B           one model; the exit code tells the verdict
  hubfit check Qwen/Qwen3-8B --runtime vllm@0.33.0 --hardware "RTX 4090" --explain
  hubfit check Qwen/Qwen3-8B --hardware "M3 Max 64GB"   in every runtime that is known
  hubfit inspect Qwen/Qwen3-8B                   what its own files say, field by field
  hubfit inspect ./model-Q4_K_M.gguf             what the header of a local file says
  hubfit download Qwen/Qwen3-8B-GGUF Q4_K_M      its files, where the Hub's own tools look for them
  hubfit plan unsloth/Qwen3-8B-GGUF --hardware "RTX 3060 + 32 GB RAM"
                                                 which variant to take, with how much context
  hubfit estimate ./model-Q4_K_M.gguf --context 8192 --cache-type-k q8_0
                                                 what it takes in memory, with llama.cpp's own flags
  hubfit runtimes                                which runtimes are known, at which versions
  hubfit runtimes vllm@0.33.0 LlamaForCausalLM   since when a runtime lists a name, and who says so
  hubfit hardware "2x3090"                       what a name stands for; without one, this machine
  hubfit catalog build --from sample --out ./catalog
                                                 a snapshot of many models, for any static host
  hubfit catalog query ./catalog llama --gpu 12 --facet task
                                                 search it: what fits, with counts

Exit codes:
  0  done; check: compatible
  1  check: not compatible; estimate: the runtime refuses, or memory is short; plan: nothing fits
  2  check, plan: something that matters is not known
  3  called wrongly
  4  the Hub could not be reached, or answered an error
  5  a fault of hubfit

Environment:
  HF_ENDPOINT  another Hub (as --hub-url)
  HF_TOKEN     access token: private models, and a higher rate limit
`;

function program(): Command {
  const { version } = JSON.parse(
    readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
  ) as { version: string };
  const command = new Command('hubfit')
    .description(
      'Which models on the Hugging Face Hub run on this hardware, in this runtime, and which file should I take?',
    )
    .version(version)
    .addHelpText('after', EXAMPLES)
    .showHelpAfterError('(hubfit --help tells more)')
    .exitOverride();
  addListCommand(command);
  addCheckCommand(command);
  addInspectCommand(command);
  addDownloadCommand(command);
  addEstimateCommand(command);
  addPlanCommand(command);
  addRuntimesCommand(command);
  addHardwareCommand(command);
  addCatalogCommand(command);
  for (const one of command.commands) one.exitOverride();
  return command;
}

async function main(): Promise<void> {
  try {
    await program().parseAsync(byOneName(process.argv));
  } catch (error) {
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? EXIT.ok : EXIT.usage;
      return;
    }
    process.exitCode = exitCodeOf(error);
    process.stderr.write(`hubfit: ${inWords(error)}\n`);
  }
}

function inWords(error: unknown): string {
  const isFault = exitCodeOf(error) === EXIT.fault;
  if (error instanceof HubfitError && !isFault) return `${error.message} (${error.code})`;
  // Nobody foresaw it: whoever mends it needs the place.
  return `a fault of hubfit: ${error instanceof Error ? error.stack : error}`;
}

// A pipe that closes early (`| head`) is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(EXIT.ok);
  throw error;
});

await main();
