import { models } from '../lib/models';

interface Props {
  most: number | undefined;
  onMost: (most: number | undefined) => void;
}

const STEPS = [0.5, 1, 2, 4, 8, 15, 35, 75, 150, 500];
const BILLION = 1e9;

const notKnown = models.filter(({ metadata }) => metadata.parameterCount === null).length;

/** The most parameters that a model may have. */
export function ParameterFilter({ most, onMost }: Props) {
  return (
    <div className="field">
      <label htmlFor="parameters">Parameters at most</label>
      <select
        id="parameters"
        aria-describedby="parameters-hint"
        value={most === undefined ? '' : most / BILLION}
        onChange={({ target }) => onMost(Number(target.value) * BILLION || undefined)}
      >
        <option value="">Any number</option>
        {options(most).map((step) => (
          <option key={step} value={step}>
            {step} billion
          </option>
        ))}
      </select>
      <p id="parameters-hint" className="hint">
        A limit leaves out the {notKnown} whose number is not known.
      </p>
    </div>
  );
}

/** A shared link may hold a number between the steps. */
function options(most: number | undefined): readonly number[] {
  const all = most === undefined ? STEPS : [...STEPS, most / BILLION];
  return [...new Set(all)].sort((a, b) => a - b);
}
