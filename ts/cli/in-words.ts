/** `131,072`; a dash where there is nothing. */
export function counted(count: number | undefined): string {
  return count === undefined ? '–' : count.toLocaleString('en-US');
}

/** `4.92 GB`, decimal as the Hub shows it; a dash where no size is known. */
export function bytes(count: number): string {
  if (count === 0) return '–';
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const step = Math.min(Math.floor(Math.log10(count) / 3), units.length - 1);
  return `${Number((count / 1000 ** step).toPrecision(3))} ${units[step]}`;
}

/** `128K`, `4096`: context lengths as people write them. */
export function tokens(count: number): string {
  return count >= 8192 && count % 1024 === 0 ? `${count / 1024}K` : counted(count);
}
