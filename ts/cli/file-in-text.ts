import color from 'picocolors';
import type { FileFacts } from '../generated/core.d.ts';
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
    ...file.problems.map(({ code, message }) => `${color.yellow('!')} ${code}: ${message}`),
  ].join('\n');
}

function facts(file: FileFacts): string[][] {
  const rows: [string, string | false | null | undefined][] = [
    ['what', `${file.format} ${file.kind}`],
    ['architecture', file.architecture],
    ['context', file.contextLength !== null && `${tokens(file.contextLength)} tokens`],
    ['quantization', quantization(file)],
    ['weights', weights(file)],
    ['header', bytes(file.headerBytes)],
    ['part', file.split && `${file.split.number} of ${file.split.count}`],
    ['chat template', template(file)],
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

function types(file: FileFacts): string[][] {
  return file.types
    .slice(0, 12)
    .map((type) => [type.name, counted(type.tensors), counted(type.elements), bytes(type.bytes)]);
}
