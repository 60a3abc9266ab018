import type { Command } from 'commander';
import color from 'picocolors';
import type { Evidence, ModelMetadata } from '../generated/core.d.ts';
import { extractModelMetadata } from '../inspect/extract-model-metadata.ts';
import { bytes, tokens } from './in-words.ts';
import { addSourceOptions, findModel, type SourceOptions } from './model-source.ts';
import { withProgress } from './progress.ts';
import { cut, table } from './table.ts';

/** `hubfit inspect`. */
export function addInspectCommand(program: Command): void {
  const command = program
    .command('inspect')
    .description('show what is known of a model, and where each field is from')
    .argument('<id>', 'org/name')
    .option('--json', 'JSON on standard output');
  addSourceOptions(command).action(runInspect);
}

async function runInspect(id: string, options: SourceOptions & { json?: boolean }): Promise<void> {
  const model = await withProgress(`asking for ${id}`, () => findModel(id, options));
  const metadata = extractModelMetadata(model);
  const text = options.json ? JSON.stringify(metadata, undefined, 2) : inText(metadata);
  process.stdout.write(`${text}\n`);
}

function inText(metadata: ModelMetadata): string {
  const { evidence } = metadata;
  const rows = [
    row('architecture', architecture(metadata), evidence.architecture),
    row('format', list(metadata.formats), evidence.format),
    row('quantization', list(metadata.quantizations), evidence.quantization),
    row('parameters', parameters(metadata), evidence.parameters),
    row('size', bytes(metadata.sizeBytes), evidence.sizeBytes),
    row('context', `${tokens(metadata.maxContextLength)} tokens`, evidence.maxContextLength),
  ];
  const notes = [
    metadata.task && `task: ${metadata.task}`,
    metadata.adapterOf && `adapter of ${metadata.adapterOf}`,
    metadata.gated && `gated: ${metadata.gated}`,
    ...metadata.problems.map(
      ({ field, expected, found }) => `${field}: expected ${expected}, found ${found}`,
    ),
  ].filter((note) => typeof note === 'string' && note !== '');
  return [
    color.bold(metadata.id),
    table(['field', 'value', 'how sure', 'from'], rows),
    ...notes,
  ].join('\n');
}

function row(name: string, value: string, { grade, source, detail }: Evidence): string[] {
  const from = grade === 'unknown' ? '' : [source, detail].filter(Boolean).join(': ');
  return [name, cut(value, 60), grade, color.dim(cut(from, 70))];
}

function list(words: string[]): string {
  return words.length > 0 ? words.join(', ') : '–';
}

function architecture({ architecture, modelType, architectureClass }: ModelMetadata): string {
  const exact = [modelType, architectureClass].filter((name) => name && name !== architecture);
  return exact.length > 0 ? `${architecture} (${exact.join(', ')})` : architecture;
}

function parameters({ parameters, parameterCount, activeParameterCount }: ModelMetadata): string {
  const exact = parameterCount ? ` (${parameterCount.toLocaleString('en-US')})` : '';
  const active = activeParameterCount ? `, ${activeParameterCount / 1e9}B active` : '';
  return parameters + exact + active;
}
