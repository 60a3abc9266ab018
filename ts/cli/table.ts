import Table from 'cli-table3';
import color from 'picocolors';

/** Rows under bold headings, with nothing but space between the columns. */
export function table(head: string[], rows: string[][]): string {
  const none = { top: '', 'top-mid': '', 'top-left': '', 'top-right': '' };
  const bottom = { bottom: '', 'bottom-mid': '', 'bottom-left': '', 'bottom-right': '' };
  const middle = { left: '', 'left-mid': '', mid: '', 'mid-mid': '', right: '', 'right-mid': '' };
  const lines = new Table({
    head: head.map((title) => color.bold(title)),
    chars: { ...none, ...bottom, ...middle, middle: '  ' },
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
  });
  lines.push(...rows);
  return lines.toString().replace(/[ \t]+$/gm, '');
}

/** Cuts text that is longer than a column should be. */
export function cut(text: string, width: number): string {
  return text.length > width ? `${text.slice(0, width - 1)}…` : text;
}
