'use client';
import type { WorkerProfile } from 'hubfit';
import { commonFamilies, facetValues } from '../lib/facet-values';
import type { Change } from '../lib/query-store';
import { formatNames, reference, workerFormat } from '../lib/worker';
import { AddArchitecture } from './add-architecture';
import { ContextLimit } from './context-limit';
import { LimitList } from './limit-list';

interface Props {
  worker: WorkerProfile;
  onWorker: (worker: WorkerProfile, change?: Change) => void;
}

const FORMATS = facetValues.format.filter((format) => format !== 'unknown');

/** A worker's limits, each to be changed. */
export function WorkerForm({ worker, onWorker }: Props) {
  const { architectures, formats, ...rest } = worker;
  const load = (names: readonly string[] | undefined) =>
    onWorker({ ...rest, ...(formats && { formats }), ...(names && { architectures: [...names] }) });
  const read = (names: readonly string[] | undefined) =>
    onWorker({
      ...rest,
      ...(architectures && { architectures }),
      ...(names && { formats: names.map(workerFormat) }),
    });
  const add = (name: string) => load([...new Set([...(architectures ?? []), name])]);
  return (
    <div className="worker-form">
      <LimitList
        label="Architectures"
        any="Any architecture"
        options={commonFamilies}
        usual={reference.architectures ?? []}
        chosen={architectures}
        onChange={load}
      >
        <AddArchitecture onAdd={add} />
      </LimitList>
      <LimitList
        label="Formats"
        any="Any format"
        options={FORMATS}
        usual={formatNames(reference) ?? []}
        chosen={formatNames(worker)}
        onChange={read}
      />
      <ContextLimit worker={worker} onWorker={onWorker} />
    </div>
  );
}
