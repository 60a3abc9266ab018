'use client';
import { checkModelWorkerCompatibility, type ModelMetadata } from 'hubfit';
import { useMemo } from 'react';
import { useSearch } from '../lib/use-search';
import { parseWorker, workerName } from '../lib/worker';
import { FindingTable } from './finding-table';
import { VerdictBadge } from './verdict-badge';
import { VerdictNotes } from './verdict-notes';
import { WorkerSummary } from './worker-summary';

/** The whole verdict, for the worker that the link names. */
export function ModelVerdict({ metadata }: { metadata: ModelMetadata }) {
  const search = useSearch();
  const worker = useMemo(() => parseWorker(new URLSearchParams(search)), [search]);
  const verdict = useMemo(
    () => checkModelWorkerCompatibility(metadata, worker),
    [metadata, worker],
  );
  return (
    <section className="verdict" aria-labelledby="verdict-label">
      <h2 id="verdict-label">Verdict</h2>
      <p>
        <VerdictBadge verdict={verdict} />
      </p>
      <p className="muted">
        Checked against {workerName(worker)}: <WorkerSummary worker={worker} />
      </p>
      <VerdictNotes verdict={verdict} heading="h3" />
      <h3>Every rule that had something to say</h3>
      <FindingTable findings={verdict.findings} />
    </section>
  );
}
