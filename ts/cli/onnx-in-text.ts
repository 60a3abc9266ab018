import color from 'picocolors';
import type {
  GenaiFacts,
  TransformersJsDtype,
  TransformersJsFacts,
} from '../generated/repository.d.ts';
import { bytes, tokens } from './in-words.ts';
import { table } from './table.ts';

/** What transformers.js loads, a row for each dtype. */
export function transformersJsInText({ needed, dtypes }: TransformersJsFacts): string {
  const rows = dtypes.map((dtype) => [dtype.dtype, size(dtype), missing(dtype)]);
  const head = [`transformers.js (${needed.join(', ') || 'no model'})`, 'size', ''];
  return table(head, rows);
}

function size({ sizeBytes }: TransformersJsDtype): string {
  return sizeBytes === null ? '–' : bytes(sizeBytes);
}

function missing({ missingFiles: [first, ...more] }: TransformersJsDtype): string {
  if (!first) return '';
  const others = more.length > 0 ? ` and ${more.length} more` : '';
  return color.yellow(`without ${first}${others}`);
}

/** What onnxruntime-genai loads, in lines. */
export function genaiInText(facts: GenaiFacts): string[] {
  const { modelType, contextLength, sessions, problems } = facts;
  const parts = sessions.map(({ part, stage, path, providers }) => {
    const where = providers.length > 0 ? ` (${providers.join(', ')})` : '';
    return `${[part, stage].filter(Boolean).join(' ')} ${path}${where}`;
  });
  const about = [modelType, contextLength !== null && `${tokens(contextLength)} tokens`, ...parts];
  return [
    `onnxruntime-genai: ${about.filter(Boolean).join(', ')}`,
    ...problems.map(({ code, message }) => `${color.yellow('!')} ${code}: ${message}`),
  ];
}
