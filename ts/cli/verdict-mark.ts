import color from 'picocolors';
import type { CompatibilityResult } from '../generated/core.d.ts';

/** `✓ high`, `✗`, `?`. */
export function verdictMark(verdict: CompatibilityResult): string {
  if (verdict.compatible) return color.green(`✓ ${verdict.confidence}`);
  return verdict.level === 'unknown' ? color.yellow('?') : color.red('✗');
}
