import type { CompatibilityResult } from 'hubfit';

/** The verdict in a word, with its confidence; never by colour alone. */
export function VerdictBadge({ verdict }: { verdict: CompatibilityResult }) {
  const { compatible, confidence, level } = verdict;
  if (compatible) {
    return (
      <span className={`badge yes ${confidence}`}>
        <span aria-hidden="true">✓</span> Compatible
        <span className="confidence">{confidence} confidence</span>
      </span>
    );
  }
  const open = level === 'unknown';
  return (
    <span className={`badge ${open ? 'open' : 'no'}`}>
      <span aria-hidden="true">{open ? '?' : '✕'}</span> {open ? 'Not known' : 'Not compatible'}
    </span>
  );
}
