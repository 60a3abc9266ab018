import type { Command } from 'commander';
import { inspectModel } from '../inspect/inspect-model.ts';
import { estimateMemory } from '../plan/estimate-memory.ts';
import type { MemoryModel } from '../plan/memory-model.ts';
import { estimateInText } from './estimate-in-text.ts';
import { EXIT } from './exit-code.ts';
import { bytes } from './in-words.ts';
import { inspectLocal, isLocal } from './inspect-local.ts';
import { addLlamaOptions, estimateOptions, type LlamaOptions } from './llama-options.ts';
import { addHubOptions, hubOptions, type SourceOptions } from './model-source.ts';
import { withProgress } from './progress.ts';

interface EstimateCommandOptions extends SourceOptions, LlamaOptions {
  variant?: string;
  json?: boolean;
}

/** `hubfit estimate`. */
export function addEstimateCommand(program: Command): void {
  const command = program
    .command('estimate')
    .description('what a model takes in memory, by part and device, with llama.cpp’s own flags')
    .argument('<what>', 'org/name, org/name:file, a URL, or the path of a GGUF file')
    .option('--variant <label>', 'the variant of a model: Q4_K_M')
    .option('--json', 'JSON on standard output');
  addLlamaOptions(addHubOptions(command)).action(runEstimate);
}

async function runEstimate(what: string, options: EstimateCommandOptions): Promise<void> {
  const model = await readModel(what, options);
  const { variant } = options;
  const asked = { ...(await estimateOptions(options)), ...(variant && { variant }) };
  const memory = estimateMemory(model, asked);
  const text = options.json ? JSON.stringify(memory, undefined, 2) : estimateInText(what, memory);
  process.stdout.write(`${text}\n`);
  if (memory.findings.some(({ severity }) => severity === 'error')) {
    process.exitCode = EXIT.incompatible;
  }
}

/** A model to estimate: a file, or one of the Hub with the headers of one variant. */
export function readModel(what: string, options: SourceOptions): Promise<MemoryModel> {
  if (isLocal(what)) return withProgress(`reading ${what}`, () => inspectLocal(what));
  const [id = '', file] = what.split(/:(.*)/s);
  return withProgress(`asking for ${id}`, (tell) =>
    inspectModel(id, {
      ...hubOptions(options),
      ...(file && { file }),
      onProgress: ({ bytes: read, done, total }) =>
        tell(`${done} of ${total} files, ${bytes(read)} read`),
    }),
  );
}
