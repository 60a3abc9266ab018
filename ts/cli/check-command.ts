import type { Command } from 'commander';
import color from 'picocolors';
import { checkModelCompatibility } from '../compat/check-model-compatibility.ts';
import type { CompatibilityResult } from '../generated/core.d.ts';
import { EXIT } from './exit-code.ts';
import { addSourceOptions, findModel, type SourceOptions } from './model-source.ts';
import { withProgress } from './progress.ts';
import { verdictMark } from './verdict-mark.ts';
import { addWorkerOptions, target, type WorkerOptions } from './worker-options.ts';

interface CheckOptions extends SourceOptions, WorkerOptions {
  json?: boolean;
}

/** `hubfit check`. */
export function addCheckCommand(program: Command): void {
  const command = program
    .command('check')
    .description('check one model; the exit code tells the verdict')
    .argument('<id>', 'org/name')
    .option('--json', 'JSON on standard output');
  addWorkerOptions(addSourceOptions(command)).action(runCheck);
}

async function runCheck(id: string, options: CheckOptions): Promise<void> {
  const model = await withProgress(`asking for ${id}`, () => findModel(id, options));
  const verdict = checkModelCompatibility(model, target(options));
  const text = options.json
    ? JSON.stringify({ id: model.id, ...verdict }, undefined, 2)
    : inText(model.id, verdict);
  process.stdout.write(`${text}\n`);
  process.exitCode = exitCode(verdict);
}

function exitCode({ compatible, level }: CompatibilityResult): number {
  if (compatible) return EXIT.ok;
  return level === 'unknown' ? EXIT.unknown : EXIT.incompatible;
}

function inText(id: string, verdict: CompatibilityResult): string {
  const word = { native: 'compatible', refused: 'not compatible', unknown: 'not known' };
  const lines = (title: string, texts: string[]): string[] =>
    texts.length > 0 ? ['', color.bold(title), ...texts.map((text) => `  ${text}`)] : [];
  return [
    `${verdictMark(verdict)}  ${color.bold(id)} is ${word[verdict.level]}`,
    ...lines('why', verdict.reasons),
    ...lines('mind', verdict.warnings),
    ...lines('what to do', verdict.recommendations),
  ].join('\n');
}
