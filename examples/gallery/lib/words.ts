const COMPACT = new Intl.NumberFormat('en-US', { notation: 'compact', maximumFractionDigits: 1 });
const EXACT = new Intl.NumberFormat('en-US');

/** `187M`. */
export function compact(value: number): string {
  return COMPACT.format(value);
}

/** `187,000,586`. */
export function exact(value: number): string {
  return EXACT.format(value);
}

/** `4.68 GB`, in powers of ten as the Hub shows sizes. */
export function bytes(value: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const step = value < 1 ? 0 : Math.min(Math.floor(Math.log10(value) / 3), units.length - 1);
  return `${Number((value / 1000 ** step).toPrecision(3))} ${units[step]}`;
}

/** `context too long`, of a finding's code. */
export function codeWords(code: string): string {
  return code.replaceAll('_', ' ');
}

/** A sentence as it stands alone. */
export function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** `1 model`, `2 models`. */
export function plural(count: number, noun: string): string {
  return `${exact(count)} ${noun}${count === 1 ? '' : 's'}`;
}
