import type { WorkerProfile } from 'hubfit';
import { exact } from '../lib/words';
import { formatNames } from '../lib/worker';

/** A worker's limits in one line. */
export function WorkerSummary({ worker }: { worker: WorkerProfile }) {
  const parts = [
    listed(worker.architectures, 'any architecture', 'no architecture'),
    listed(formatNames(worker), 'any format', 'no format'),
    context(worker),
  ];
  return <span className="worker-summary">{parts.join(' · ')}</span>;
}

function listed(values: readonly string[] | undefined, any: string, none: string): string {
  return values === undefined ? any : values.join(', ') || none;
}

function context({ maxContextLength, contextPolicy }: WorkerProfile): string {
  if (maxContextLength === undefined) return 'any context';
  const longer = contextPolicy === 'cap' ? 'capped' : 'rejected';
  return `up to ${exact(maxContextLength)} tokens, longer ${longer}`;
}
