'use client';
import type { WorkerProfile } from 'hubfit';
import type { Change } from '../lib/query-store';
import { sentence } from '../lib/words';
import { workerName } from '../lib/worker';
import { WorkerForm } from './worker-form';
import { WorkerPresets } from './worker-presets';
import { WorkerSummary } from './worker-summary';

interface Props {
  worker: WorkerProfile;
  onWorker: (worker: WorkerProfile, change?: Change) => void;
}

/** What the models are checked against, and how to change it. */
export function WorkerPanel({ worker, onWorker }: Props) {
  return (
    <section className="worker" aria-labelledby="worker-label">
      <h2 id="worker-label">{sentence(workerName(worker))}</h2>
      <p>
        <WorkerSummary worker={worker} />
      </p>
      <div className="needs-script">
        <WorkerPresets worker={worker} onWorker={onWorker} />
        <details className="worker-edit">
          <summary>Edit the limits</summary>
          <WorkerForm worker={worker} onWorker={onWorker} />
        </details>
      </div>
    </section>
  );
}
