'use client';
import type { ContextPolicy, WorkerProfile } from 'hubfit';
import type { Change } from '../lib/query-store';
import { flushQuery } from '../lib/query-store';

interface Props {
  worker: WorkerProfile;
  onWorker: (worker: WorkerProfile, change?: Change) => void;
}

const POLICIES: readonly [ContextPolicy, string][] = [
  ['reject', 'Reject the model'],
  ['cap', 'Cap its context'],
];

/** The longest context, and what becomes of models with a longer one. */
export function ContextLimit({ worker, onWorker }: Props) {
  const { maxContextLength, ...rest } = worker;
  const limit = (text: string) => {
    const digits = text.replace(/\D/g, '').slice(0, 12);
    onWorker({ ...rest, ...(digits && { maxContextLength: Number(digits) }) }, 'typing');
  };
  return (
    <fieldset>
      <legend>Context</legend>
      <label htmlFor="context">Most tokens (empty: no limit)</label>
      <input
        id="context"
        inputMode="numeric"
        autoComplete="off"
        value={maxContextLength ?? ''}
        onChange={(event) => limit(event.target.value)}
        onBlur={flushQuery}
      />
      <p className="hint">What to do with a longer one:</p>
      {POLICIES.map(([policy, label]) => (
        <label key={policy} className="choice">
          <input
            type="radio"
            name="policy"
            value={policy}
            checked={(worker.contextPolicy ?? 'reject') === policy}
            onChange={() => onWorker({ ...worker, contextPolicy: policy })}
          />
          <span>{label}</span>
        </label>
      ))}
    </fieldset>
  );
}
