import type { WorkerProfile } from 'hubfit';
import { presets } from '../lib/presets';
import { workerQuery } from '../lib/worker';

interface Props {
  worker: WorkerProfile;
  onWorker: (worker: WorkerProfile) => void;
}

/** Workers to pick with one press. */
export function WorkerPresets({ worker, onWorker }: Props) {
  const now = workerQuery(worker);
  return (
    <fieldset className="presets">
      <legend className="hidden">Pick a worker</legend>
      {presets.map((preset) => (
        <button
          key={preset.label}
          type="button"
          className="chip"
          aria-pressed={workerQuery(preset.worker) === now}
          onClick={() => onWorker(preset.worker)}
        >
          {preset.label}
        </button>
      ))}
    </fieldset>
  );
}
