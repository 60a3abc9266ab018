import color from 'picocolors';
import type { Finding } from '../generated/core.d.ts';
import type { Listed } from './list-command.ts';
import { table } from './table.ts';

/** How many models are compatible, and the reasons of the others, counted. */
export interface Summary {
  total: number;
  compatible: number;
  confidence: Record<string, number>;
  /** A model may have several. */
  reasons: Record<string, number>;
  warnings: Record<string, number>;
}

/** Counts verdicts, as a text and as data. */
export function summary(listed: Listed[]): { text: string; json: Summary } {
  const compatible = listed.filter(({ verdict }) => verdict.compatible);
  const json = {
    total: listed.length,
    compatible: compatible.length,
    confidence: tally(compatible.map(({ verdict }) => verdict.confidence)),
    reasons: tallyFindings(listed, ['error', 'unknown']),
    warnings: tallyFindings(listed, ['warning']),
  };
  return { text: inText(json), json };
}

function tallyFindings(
  listed: Listed[],
  severities: Finding['severity'][],
): Record<string, number> {
  const findings = listed.flatMap(({ verdict }) => verdict.findings);
  return tally(findings.filter((one) => severities.includes(one.severity)).map(({ code }) => code));
}

function tally(words: string[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return Object.fromEntries([...counts].sort(([, one], [, other]) => other - one));
}

function inText({ total, compatible, confidence, reasons, warnings }: Summary): string {
  const share = (count: number): string => `${((100 * count) / Math.max(total, 1)).toFixed(1)} %`;
  const rows = (counts: Record<string, number>): string[][] =>
    Object.entries(counts).map(([word, count]) => [`  ${word}`, String(count), share(count)]);
  const section = (title: string, counts: Record<string, number>): string[][] =>
    Object.keys(counts).length > 0 ? [[color.bold(title), '', ''], ...rows(counts)] : [];
  const sure = Object.entries(confidence).map(([word, count]) => `${count} ${word}`);
  return [
    `${color.green(String(compatible))} of ${total} models are compatible (${share(compatible)})${sure.length ? `, confidence: ${sure.join(', ')}` : ''}`,
    table(
      ['', 'models', 'share'],
      [
        ...section('why not (a model may have several reasons)', reasons),
        ...section('warnings', warnings),
      ],
    ),
  ].join('\n');
}
