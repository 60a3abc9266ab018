import type { Counts } from '../lib/select-models';
import { FacetChoice } from './facet-choice';

interface Props {
  label: string;
  values: readonly string[];
  chosen: readonly string[];
  counts: Counts;
  onToggle: (value: string) => void;
}

const TOP = 6;
/** Folding so few would save nothing. */
const FEW = 2;

/** The values of one facet: the frequent ones and those chosen, the rest folded. */
export function Facet({ label, values, chosen, counts, onToggle }: Props) {
  const most = values.length <= TOP + FEW ? values.length : TOP;
  const top = values.filter((value, index) => index < most || chosen.includes(value));
  const rest = values.filter((value) => !top.includes(value));
  const choice = (value: string) => (
    <FacetChoice
      key={value}
      value={value}
      count={counts.get(value) ?? 0}
      checked={chosen.includes(value)}
      onToggle={onToggle}
    />
  );
  return (
    <fieldset>
      <legend>{label}</legend>
      {top.map(choice)}
      {rest.length > 0 && (
        <details className="rest">
          <summary>
            {rest.length} more<span className="hidden"> of {label}</span>
          </summary>
          <div className="rest-values">{rest.map(choice)}</div>
        </details>
      )}
    </fieldset>
  );
}
