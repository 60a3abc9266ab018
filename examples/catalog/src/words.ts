import type { FitClass } from 'hubfit/catalog';

const whole = new Intl.NumberFormat('en');
const short = new Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: 3 });

/** `12,345` */
export const counted = (count: number): string => whole.format(count);

/** `8.19B`, `22.7M` */
export const shortly = (count: number): string => short.format(count);

/** `16.4 GB`, `850 MB` */
export function inBytes(bytes: number): string {
  const [unit, size] = bytes >= 1e9 || bytes === 0 ? ['GB', 1e9] : (['MB', 1e6] as const);
  return `${Number((bytes / size).toPrecision(3))} ${unit}`;
}

/** `8K` tokens. */
export function inTokens(tokens: number): string {
  if (tokens < 1024) return String(tokens);
  return tokens < 2 ** 20 ? `${Math.round(tokens / 1024)}K` : `${Math.round(tokens / 2 ** 20)}M`;
}

/** How a model fits. */
export const FIT_WORDS: Record<FitClass, string> = {
  full: 'Fits',
  partial: 'Fits in part',
  no: 'Too large',
  unknown: 'Not known',
};

const NAMES: Record<string, Record<string, string>> = {
  fit: FIT_WORDS,
  licenseClass: {
    open: 'Open',
    restricted: 'With conditions',
    'non-commercial': 'Non-commercial',
    unknown: 'Not known',
  },
};

/** How a name of a field is shown. */
export const nameWords = (field: string, name: string): string => NAMES[field]?.[name] ?? name;

/** How a field is called. */
export const FIELD_WORDS: Record<string, string> = {
  author: 'Author',
  family: 'Family',
  fit: 'Fits my hardware',
  formats: 'Format',
  licenseClass: 'Licence',
  parameters: 'Parameters',
  quantizations: 'Quantization',
  runtimes: 'Runtime',
  task: 'Task',
};
