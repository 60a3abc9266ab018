import type { WorkerProfile } from 'hubfit';
import type { Selection } from '../lib/select-models';
import { plural } from '../lib/words';
import { workerName } from '../lib/worker';

interface Props {
  selection: Selection;
  worker: WorkerProfile;
}

/** How many are compatible; read out when it changes. */
export function SummaryLine({ selection, worker }: Props) {
  const { compatible, matching, shown } = selection;
  return (
    <p className="summary" role="status">
      <strong data-testid="compatible">
        {compatible} of {matching}
      </strong>{' '}
      compatible with {workerName(worker)}
      <span className="muted"> · {plural(shown.length, 'model')} shown</span>
    </p>
  );
}
