import type { Counts } from '../lib/select-models';
import { codeWords } from '../lib/words';

interface Props {
  counts: Counts;
  chosen: readonly string[];
  onToggle: (code: string) => void;
}

/** What stands against the others, counted; each reason filters by itself. */
export function ReasonList({ counts, chosen, onToggle }: Props) {
  const codes = [...new Set([...counts.keys(), ...chosen])];
  const ordered = codes.sort(
    (a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0) || (a < b ? -1 : 1),
  );
  if (ordered.length === 0) return null;
  return (
    <div className="reasons">
      <h3 id="reasons-label">Why the others are not</h3>
      <ul aria-labelledby="reasons-label">
        {ordered.map((code) => (
          <li key={code}>
            <button
              type="button"
              className="chip"
              aria-pressed={chosen.includes(code)}
              onClick={() => onToggle(code)}
            >
              {codeWords(code)} <span className="count">{counts.get(code) ?? 0}</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
