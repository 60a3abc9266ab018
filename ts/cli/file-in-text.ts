import color from 'picocolors';
import type { FileFacts, GraphValue, PickleImport } from '../generated/readers.d.ts';
import { bytes, counted, tokens } from './in-words.ts';
import { cut, table } from './table.ts';

/** What the header of a file says, as a text. */
export function fileInText(name: string, file: FileFacts): string {
  return [
    color.bold(name),
    table(['field', 'value'], facts(file)),
    ...(file.types.length > 0
      ? ['', table(['type', 'tensors', 'elements', 'bytes'], types(file))]
      : []),
    ...file.imports.filter(({ risk }) => risk !== 'safe').map(importInText),
    ...file.problems.map(({ code, message }) => `${color.yellow('!')} ${code}: ${message}`),
  ].join('\n');
}

function facts(file: FileFacts): string[][] {
  const rows: [string, string | false | null | undefined][] = [
    ['what', [file.format, file.version, file.kind].filter(Boolean).join(' ')],
    ['architecture', file.architecture],
    ['context', file.contextLength !== null && `${tokens(file.contextLength)} tokens`],
    ['quantization', quantization(file)],
    ['weights', weights(file)],
    ['header', bytes(file.headerBytes)],
    ['part', file.split && `${file.split.number} of ${file.split.count}`],
    ['chat template', template(file)],
    ['opsets', file.opsets.map(({ domain, version }) => `${domain} ${version}`).join(', ')],
    ['operators', operators(file)],
    ['takes', values(file.inputs)],
    ['gives', values(file.outputs)],
    ['other files', file.externalFiles.map(({ path }) => path).join(', ')],
    ['sections', file.sections.map(({ name, sectionType }) => name ?? sectionType).join(', ')],
    ['imports', file.imports.length > 0 && `${file.imports.length}, if it were loaded`],
  ];
  return rows.filter(([, value]) => value).map(([name, value]) => [name, cut(String(value), 90)]);
}

function quantization({ quantization, declaredQuantization: declared }: FileFacts): string | null {
  if (!quantization) return declared;
  const differs = declared && declared !== quantization;
  return differs ? `${quantization} by its tensors, ${declared} as declared` : quantization;
}

function weights({ elementCount, tensorBytes, bitsPerWeight }: FileFacts): string | false {
  if (elementCount === 0) return false;
  const bits = bitsPerWeight === null ? '' : `, ${bitsPerWeight.toFixed(2)} bits each`;
  return `${counted(elementCount)} elements in ${bytes(tensorBytes)}${bits}`;
}

function template({ chatTemplates }: FileFacts): string | false {
  const described = chatTemplates.map(({ name, uses }) =>
    [name, uses?.length ? `reads ${uses.join(', ')}` : 'present'].filter(Boolean).join(' '),
  );
  return described.length > 0 && described.join('; ');
}

function operators({ operators: all }: FileFacts): string {
  return all.map(({ name, count }) => `${count} ${name}`).join(', ');
}

function values(all: readonly GraphValue[]): string {
  return all.map(({ name, dataType }) => `${name} ${dataType}`).join(', ');
}

/** Loading a pickle runs what it imports. */
function importInText({ name, risk }: PickleImport): string {
  const mark = risk === 'dangerous' ? color.red('✗') : color.yellow('!');
  return `${mark} ${risk} import: ${name}`;
}

function types(file: FileFacts): string[][] {
  return file.types
    .slice(0, 12)
    .map((type) => [type.name, counted(type.tensors), counted(type.elements), bytes(type.bytes)]);
}
