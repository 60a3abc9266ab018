import color from 'picocolors';
import type { CurvePoint } from '../generated/memory.d.ts';
import { gib } from './estimate-in-text.ts';
import { tokens } from './in-words.ts';
import { table } from './table.ts';

/** Characters of the longest bar. */
const WIDTH = 40;

/** Memory over context lengths as bars: what is always taken, what the context takes; a line where memory ends. */
export function curveInText(curve: readonly CurvePoint[], usable: number | undefined): string {
  const most = Math.max(...curve.map(({ total }) => total.expected), 1);
  // A limit far above would leave nothing but short bars.
  const end = usable !== undefined && usable < 1.6 * most ? usable : undefined;
  const cells = (bytes: number): number => Math.round((WIDTH * bytes) / Math.max(most, end ?? 0));
  const rows = curve.map((point) => [
    tokens(point.contextLength),
    bar(point, cells, end),
    gib(point.total.expected),
    usable === undefined ? '' : point.fits ? color.green('✓') : color.red('✗'),
  ]);
  const limit = end === undefined ? '' : ` (│ is the ${gib(end)} that can be used)`;
  return table(['context', `memory over context${limit}`, '', ''], rows);
}

function bar(
  { context, total }: CurvePoint,
  cells: (bytes: number) => number,
  end: number | undefined,
): string {
  const whole = cells(total.expected);
  const always = Math.min(whole, cells(total.expected - context));
  const drawn = color.cyan('█'.repeat(always)) + color.magenta('█'.repeat(whole - always));
  if (end === undefined) return drawn;
  // Behind the bar; where the bar is longer, it speaks for itself.
  return cells(end) < whole ? drawn : `${drawn}${' '.repeat(cells(end) - whole)}│`;
}
