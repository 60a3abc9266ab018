import type { VerdictFilter as Choice } from '../lib/filters';
import type { Counts } from '../lib/select-models';

interface Props {
  chosen: Choice;
  counts: Counts;
  onChoose: (choice: Choice) => void;
}

const CHOICES: readonly [Choice, string][] = [
  ['all', 'All'],
  ['yes', 'Compatible'],
  ['no', 'Not compatible or not known'],
];

/** All models, the compatible ones, or the others. */
export function VerdictFilter({ chosen, counts, onChoose }: Props) {
  return (
    <fieldset>
      <legend>Verdict</legend>
      {CHOICES.map(([choice, label]) => (
        <label key={choice} className="choice">
          <input
            type="radio"
            name="verdict"
            value={choice}
            checked={chosen === choice}
            onChange={() => onChoose(choice)}
          />
          <span>{label}</span>
          <span className="count">{counts.get(choice) ?? 0}</span>
        </label>
      ))}
    </fieldset>
  );
}
