import color from 'picocolors';
import type { Sidecar, Variant } from '../generated/repository.d.ts';
import { bytes } from './in-words.ts';
import { cut, table } from './table.ts';

/** More rows than a screen has help nobody; `--json` gives all. */
const MOST_ROWS = 24;

/** The variants of a model, and what accompanies them. */
export function variantsInText(variants: readonly Variant[], sidecars: readonly Sidecar[]): string {
  const rows = variants.slice(0, MOST_ROWS).map(row);
  const more = variants.length - rows.length;
  return [
    table(['variant', 'label', 'size', 'files', 'first file'], rows),
    ...(more > 0 ? [color.dim(`and ${more} more`)] : []),
    ...goWith(sidecars),
  ].join('\n');
}

function row({ format, quantization, sizeBytes, files, primaryFile, ...rest }: Variant): string[] {
  const notes = [
    rest.missingFiles.length > 0 && color.yellow(`${rest.missingFiles.length} missing`),
    rest.copyOf !== null && color.dim('a copy'),
  ].filter(Boolean);
  return [
    format,
    [quantization ?? '–', rest.name].filter(Boolean).join(' '),
    bytes(sizeBytes ?? 0),
    [files.length, ...notes].join(', '),
    cut(primaryFile ?? '', 60),
  ];
}

/** Tokenizers and templates go with nearly every model: they are not worth a line. */
function goWith(sidecars: readonly Sidecar[]): string[] {
  const told = sidecars.filter(({ kind }) => kind !== 'tokenizer' && kind !== 'chat_template');
  return told.map(({ kind, file }) => {
    const size = file.size === null ? '' : ` (${bytes(file.size)})`;
    return `${kind.replace('_', ' ')}: ${file.path}${size}`;
  });
}
