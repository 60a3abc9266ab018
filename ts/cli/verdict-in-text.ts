import color from 'picocolors';
import type { CompatibilityResult, Finding, UsedFact } from '../generated/core.d.ts';
import { cut, table } from './table.ts';
import { verdictMark } from './verdict-mark.ts';

const LEVELS: Record<CompatibilityResult['level'], string> = {
  native: 'compatible',
  fallback: 'compatible, by a slower way',
  dequantised: 'compatible, unpacked when it loads',
  unknown: 'not known',
  refused: 'not compatible',
};

/** A verdict for a person; explained with the facts behind each finding. */
export function verdictInText(id: string, verdict: CompatibilityResult, explain = false): string {
  const { checked } = verdict;
  const where = checked ? ` in ${checked.runtime} ${checked.version ?? ''}`.trimEnd() : '';
  return [
    `${verdictMark(verdict)}  ${color.bold(id)}${where} is ${LEVELS[verdict.level]}`,
    ...(checked ? checkedInText(checked) : []),
    ...(explain ? explained(verdict.findings) : brief(verdict)),
  ].join('\n');
}

function checkedInText(checked: NonNullable<CompatibilityResult['checked']>): string[] {
  const { engine, variant, certainty, note } = checked;
  const label = variant ? [variant.format, variant.quantization].filter(Boolean).join(' ') : '';
  const facts = [
    ...(engine ? [`engine ${engine}`] : []),
    ...(label ? [`variant ${label}`] : []),
    ...(certainty > 0 ? [`${certainty} % sure`] : []),
  ];
  return [
    ...(facts.length > 0 ? [color.dim(`  ${facts.join(', ')}`)] : []),
    ...(note ? [color.dim(`  ${note}`)] : []),
  ];
}

function brief(verdict: CompatibilityResult): string[] {
  const lines = (title: string, texts: string[]): string[] =>
    texts.length > 0 ? ['', color.bold(title), ...texts.map((text) => `  ${text}`)] : [];
  return [
    ...lines('why', verdict.reasons),
    ...lines('mind', verdict.warnings),
    ...lines('what to do', verdict.recommendations),
  ];
}

const SIGNS: Record<Finding['severity'], string> = {
  info: color.green('✓'),
  warning: color.yellow('!'),
  unknown: color.yellow('?'),
  error: color.red('✗'),
};

function explained(findings: readonly Finding[]): string[] {
  return findings.flatMap(({ code, severity, message, recommendation, facts = [] }) => [
    '',
    `${SIGNS[severity]} ${message} ${color.dim(`(${code})`)}`,
    ...(recommendation ? [`    ${color.bold('do')}    ${recommendation}`] : []),
    ...facts.map((fact) => `    ${color.bold('fact')}  ${factInText(fact)}`),
  ]);
}

/** `vllm architectures: LlamaForCausalLM text-generation, since 0.6.0; pypi:vllm@0.33.0, registry.py …`. */
function factInText({ runtime, artefact, row }: UsedFact): string {
  const bound = (version: string, kind: string | null | undefined): string =>
    kind === 'sampled' ? `~${version}` : version;
  const interval = [
    ...(row.since ? [`since ${bound(row.since, row.sinceBound)}`] : []),
    ...(row.until ? [`until ${bound(row.until, row.untilBound)}`] : []),
  ].join(' ');
  // A row that is written by hand has its source and its grade among the cells.
  const cells = artefact ? row.cells : row.cells.slice(0, -2);
  const what = cells.filter((cell) => cell !== '-').join(' ');
  const status =
    row.status === 'supported' ? interval : [row.status.replace('_', ' '), interval].join(' ');
  const source = [artefact, row.source].filter(Boolean).join(', ');
  return `${runtime} ${row.table}: ${[what, status.trim()].filter(Boolean).join(', ')}\n          ${color.dim(source)}`;
}

/** How one model runs in several runtimes, a line for each. */
export function matrixInText(verdicts: readonly CompatibilityResult[]): string {
  const rows = verdicts.map((verdict) => {
    const { runtime = '', version, variant } = verdict.checked ?? {};
    const label = [variant?.format, variant?.quantization].filter(Boolean).join(' ');
    const why = verdict.compatible ? (verdict.warnings[0] ?? '') : (verdict.reasons.at(-1) ?? '');
    return [runtime, version ?? '–', verdictMark(verdict), verdict.level, label, cut(why, 70)];
  });
  return table(['runtime', 'version', '', 'level', 'variant', 'because'], rows);
}
