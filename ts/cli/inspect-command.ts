import type { Command } from 'commander';
import color from 'picocolors';
import type { Evidence, ModelMetadata, Severity } from '../generated/core.d.ts';
import type { ConfigFacts } from '../generated/repository.d.ts';
import { extractModelMetadata } from '../inspect/extract-model-metadata.ts';
import { inspectModel, type ModelInspection } from '../inspect/inspect-model.ts';
import { fileInText } from './file-in-text.ts';
import { geometryRows } from './geometry-in-text.ts';
import { bytes, tokens } from './in-words.ts';
import { inspectLocal, isLocal } from './inspect-local.ts';
import { addSourceOptions, findModel, hubOptions, type SourceOptions } from './model-source.ts';
import { genaiInText, transformersJsInText } from './onnx-in-text.ts';
import { withProgress } from './progress.ts';
import { cut, table } from './table.ts';
import { variantsInText } from './variants-in-text.ts';

/** `hubfit inspect`. */
export function addInspectCommand(program: Command): void {
  const command = program
    .command('inspect')
    .description("show what a model's own files say, and where each field is from")
    .argument('<what>', 'org/name, org/name:file, a URL, or the path of a model file')
    .option('--json', 'JSON on standard output');
  addSourceOptions(command).action(runInspect);
}

async function runInspect(
  what: string,
  options: SourceOptions & { json?: boolean },
): Promise<void> {
  const { json, text } = await inspect(what, options);
  process.stdout.write(`${options.json ? JSON.stringify(json, undefined, 2) : text}\n`);
}

/** What was found, as data and as text. */
interface Found {
  json: unknown;
  text: string;
}

async function inspect(what: string, options: SourceOptions): Promise<Found> {
  if (!options.sample && isLocal(what)) {
    const file = await withProgress(`reading ${what}`, () => inspectLocal(what));
    return { json: file, text: fileInText(what, file) };
  }
  if (options.sample) {
    const metadata = extractModelMetadata(await findModel(what, options));
    return { json: metadata, text: inText(metadata) };
  }
  return inspectHub(what, options);
}

async function inspectHub(what: string, options: SourceOptions): Promise<Found> {
  const [id = '', path] = what.split(/:(.*)/s);
  const found = await withProgress(`asking for ${id}`, (tell) =>
    inspectModel(id, {
      ...hubOptions(options),
      ...(path && { file: path }),
      onProgress: ({ bytes: read, done, total }) =>
        tell(`${done} of ${total} files, ${bytes(read)} read`),
    }),
  );
  const { model, evidence, ...rest } = found;
  return { json: { id: model.id, sha: model.sha, ...rest }, text: foundInText(found) };
}

function foundInText({
  metadata,
  variants,
  sidecars,
  transformersJs,
  geometry,
  files,
  configs,
}: ModelInspection): string {
  const [file] = files;
  return [
    inText(metadata),
    ...remoteCode(configs),
    ...(variants.length > 0 ? ['', variantsInText(variants, sidecars)] : []),
    ...(transformersJs ? ['', transformersJsInText(transformersJs)] : []),
    ...(configs.genai ? ['', ...genaiInText(configs.genai)] : []),
    ...(geometry ? ['', table(['geometry', 'value'], geometryRows(geometry))] : []),
    ...(file ? ['', fileInText(file.path, file)] : []),
  ].join('\n');
}

function remoteCode({ remoteCode: classes }: ConfigFacts): string[] {
  if (classes.length === 0) return [];
  return [`${color.yellow('!')} loading it with transformers runs code of the repository`];
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
  const head = ['field', 'value', 'how sure', 'from'];
  return [color.bold(metadata.id), table(head, rows), ...notes(metadata)].join('\n');
}

function notes(metadata: ModelMetadata): string[] {
  const { task, adapterOf, gated, problems, findings } = metadata;
  return [
    task && `task: ${task}`,
    adapterOf && `adapter of ${adapterOf}`,
    gated && `gated: ${gated}`,
    ...findings.map(({ severity, message }) => `${mark(severity)} ${message}`),
    ...problems.map(
      ({ field, expected, found }) => `${field}: expected ${expected}, found ${found}`,
    ),
  ].filter((note): note is string => typeof note === 'string' && note !== '');
}

function mark(severity: Severity): string {
  return severity === 'info' ? color.dim('·') : color.yellow('!');
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
